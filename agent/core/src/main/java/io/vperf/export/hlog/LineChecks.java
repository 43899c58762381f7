package io.vperf.export.hlog;

import io.vperf.explain.Paused;
import io.vperf.export.RunHeader;
import io.vperf.steal.StealBurst;
import io.vperf.steal.VcpuSteal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What no line of vperf's says: numbers below 0 where there are none, and parts that are null within others. A line that does is damaged,
 * though it can be read, and is told as that.
 */
final class LineChecks {

    private LineChecks() {}

    /** @throws UnusableLineException if it is damaged */
    static void check(Lines.Method m) {
        check("calls", m.calls());
        check("measuredCalls", m.measuredCalls());
        check("exceptions", m.exceptions());
        check("wallNs", m.wallNs());
        check("selfNs", m.selfNs());
        check("measuredCallees", m.measuredCallees());
        check("cpuNs", m.cpuNs());
        check("cpuUnknownCalls", m.cpuUnknownCalls());
        check("stolenNs", m.stolenNs());
        check("boundNs", m.boundNs());
        check("leastStolenNs", m.leastStolenNs());
        check("mostStolenNs", m.mostStolenNs());
        check("uncorrectedCalls", m.uncorrectedCalls());
        check("samplingFactor", m.samplingFactor());
        check("inFlight", m.inFlight());
        check("oldestInFlightNs", m.oldestInFlightNs());
        check("pausedNs", m.pausedNs());
        check("blockedWhileStolenNs", m.blockedWhileStolenNs());
        check("slowLeftOut", m.slowLeftOut());
        check("quietCalls", m.quietCalls());
        if (m.counters() != null) {
            for (Lines.Counter c : m.counters()) {
                check("calls of " + c.name(), c.calls());
                check("estimatedCalls of " + c.name(), c.estimatedCalls());
                check("sum of " + c.name(), c.sum());
                check("comparableSum of " + c.name(), c.comparableSum());
            }
        }
    }

    /** @throws UnusableLineException if it is damaged */
    static void check(SpentLines.Slow s) {
        check("startMs", s.startMs());
        check("wallNs", s.wallNs());
        check("weight", s.weight());
        check("leastStolenNs", s.leastStolenNs());
        check("mostStolenNs", s.mostStolenNs());
        check("pausedNs", s.pausedNs());
        check("blockedWhileStolenNs", s.blockedWhileStolenNs());
        check("callersLeftOut", s.callersLeftOut());
    }

    /** @throws UnusableLineException if it is damaged */
    static void check(Lines.Interval i) {
        check("startMs", i.startMs());
        check("endMs", i.endMs());
        check("mostStolenNs", i.mostStolenNs());
        check("probeNs", i.probeNs());
        check("probeInsideNs", i.probeInsideNs());
        if (i.health() == null) {
            throw new UnusableLineException("the interval has no health counts");
        }
        for (Map.Entry<String, @Nullable Long> count : i.health().entrySet()) {
            check("health." + count.getKey(), whole("health", count.getValue()));
        }
        if (i.vcpus() != null) {
            i.vcpus().forEach(v -> check(whole("vcpus", v)));
        }
        if (i.bursts() != null) {
            i.bursts().forEach(b -> check(whole("bursts", b)));
        }
        if (i.probeCounts() != null) {
            i.probeCounts()
                    .forEach(p -> whole("probeCounts", whole("probeCounts", p).name()));
        }
        Paused paused = i.wholePaused();
        if (paused != null) {
            check("paused.count", paused.count());
            check("paused.totalNs", paused.totalNs());
            paused.longest().forEach(one -> {
                check("lengthNs", one.lengthNs());
                whole("operation", one.operation());
            });
        }
    }

    /** @throws UnusableLineException if it is damaged */
    static void check(@Nullable RunHeader run) {
        if (run == null
                || run.version() == null
                || run.host() == null
                || run.jvm() == null
                || run.kernel() == null
                || run.hypervisor() == null
                || run.kernelKind() == null
                || run.steal() == null
                || run.clocks() == null
                || run.costsNs() == null
                || run.capabilities() == null) {
            throw new UnusableLineException("the run's description is incomplete");
        }
        check("startedMs", run.startedMs());
        check("intervalNs", run.intervalNs());
        check("shortNs", run.shortNs());
        run.clocks().values().forEach(clock -> whole("clocks", clock));
        run.costsNs().forEach((name, ns) -> check("costsNs." + name, whole("costsNs", ns)));
        @Nullable Map<String, String> options = run.options();
        if (options != null) { // the first files do not have any
            options.values().forEach(option -> whole("options", option));
        }
        for (RunHeader.Capability c : run.capabilities()) {
            RunHeader.Capability there = whole("capabilities", c);
            whole("capabilities", there.name());
            whole("capabilities", there.detail());
            whole("capabilities", there.remedy());
        }
    }

    private static void check(VcpuSteal v) {
        check("vcpu", v.vcpu());
        check("watchedNs", v.watchedNs());
        check("stolenNs", v.stolenNs());
        check("attributedNs", v.attributedNs());
    }

    private static void check(StealBurst b) {
        check("vcpu", b.vcpu());
        check("startMs", b.startMs());
        check("lengthMs", b.lengthMs());
        check("stolenMs", b.stolenMs());
    }

    /** Absent is unknown, and not wrong. */
    private static void check(String name, @Nullable Long value) {
        if (value != null && value < 0) {
            throw new UnusableLineException(
                    "it says that " + name + " is " + value + ", which cannot be below 0: it is damaged");
        }
    }

    private static void check(String name, long value) {
        if (value < 0) {
            check(name, Long.valueOf(value));
        }
    }

    private static <T> T whole(String name, @Nullable T part) {
        if (part == null) {
            throw new UnusableLineException("a part of its " + name + " is missing: it is damaged");
        }
        return part;
    }
}
