package io.vperf.export.hlog;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.vperf.explain.Explanation;
import io.vperf.explain.Paused;
import io.vperf.explain.SliceCounts;
import io.vperf.explain.Throttled;
import io.vperf.export.RunHeader;
import io.vperf.network.NetworkInterval;
import io.vperf.record.Correction;
import io.vperf.record.CounterInterval;
import io.vperf.record.Estimate;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.record.ProbeCount;
import io.vperf.steal.StealBurst;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.VcpuSteal;
import io.vperf.timeref.OutsideTime;
import io.vperf.vmware.VmwareInterval;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code #vperf} lines, as JSON. {@link #VERSION} changes when a reader of the old version would misunderstand a line;
 * new fields and kinds do not change it, readers pass over what they do not know. Unknown values are absent, never 0.
 */
final class Lines {

    static final int VERSION = 1;
    static final String PREFIX = "#vperf ";
    static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Lines() {}

    /** What every line begins with. */
    record Kind(int v, String kind) {}

    /** Once at the head of each file. */
    record Run(int v, String kind, RunHeader run) {
        Run(RunHeader run) {
            this(VERSION, "run", run);
        }
    }

    /**
     * After the histograms of one method in one interval; see {@link MethodInterval} and {@link Correction} for the fields. A
     * stolen sum above 0 and below {@code boundNs} is uncertain.
     */
    record Method(
            int v,
            String kind,
            String name,
            long calls,
            @Nullable Long measuredCalls,
            @Nullable Long exceptions,
            @Nullable Long wallNs,
            @Nullable Long selfNs,
            @Nullable Long measuredCallees,
            @Nullable Long cpuNs,
            long cpuUnknownCalls,
            @Nullable Long stolenNs,
            @Nullable Long correctedNs,
            @Nullable Long boundNs,
            @Nullable Long leastStolenNs,
            @Nullable Long mostStolenNs,
            @Nullable Long cpuCorrectedNs,
            long uncorrectedCalls,
            int samplingFactor,
            @Nullable Estimate estimate,
            long inFlight,
            long oldestInFlightNs,
            @Nullable List<Counter> counters,
            @Nullable Map<String, Long> parts,
            @Nullable Long pausedNs,
            @Nullable Long blockedWhileStolenNs,
            @Nullable Long slowLeftOut,
            @Nullable Long quietCalls) {

        static Method of(MethodInterval m) {
            Correction c = m.correction();
            Explanation e = m.explanation();
            return new Method(
                    VERSION,
                    "method",
                    m.name(),
                    m.calls(),
                    m.measuredCalls(),
                    m.exceptions(),
                    m.wallNs(),
                    m.selfNs(),
                    m.measuredCallees(),
                    m.cpuNs(),
                    m.cpuUnknownCalls(),
                    m.stolenNs(),
                    m.correctedNs(),
                    m.boundNs(),
                    c == null ? null : Long.valueOf(c.leastStolenNs()),
                    c == null ? null : Long.valueOf(c.mostStolenNs()),
                    c == null ? null : c.cpuNs(),
                    m.uncorrectedCalls(),
                    m.samplingFactor(),
                    m.estimate(),
                    m.inFlight(),
                    m.oldestInFlightNs(),
                    m.counters().isEmpty()
                            ? null
                            : m.counters().stream().map(Counter::of).toList(),
                    e == null ? null : SpentLines.partsOf(e.split()),
                    e == null ? null : e.split().pausedNs(),
                    e == null ? null : e.split().blockedWhileStolenNs(),
                    e == null || e.slowLeftOut() == 0 ? null : Long.valueOf(e.slowLeftOut()),
                    e == null || e.quiet() == null
                            ? null
                            : Long.valueOf(e.quiet().calls()));
        }
    }

    /** What is not in the histogram of a counter; see {@link CounterInterval}. */
    record Counter(
            String name,
            long calls,
            long estimatedCalls,
            long sum,
            long comparableSum,
            @Nullable Long drawError) {

        static Counter of(CounterInterval c) {
            return new Counter(
                    c.name(),
                    c.calls(),
                    c.estimatedCalls(),
                    c.sum(),
                    c.comparableSum(),
                    c.drawError() == 0 ? null : Long.valueOf(c.drawError()));
        }
    }

    /**
     * Ends an interval: steal per vCPU, the most that can have been stolen from all, and health counts, all since the start of
     * the run; why nothing was corrected in it; the probe's cost and counts; the interval's largest bursts, and how many there were
     * besides; what passed through the network, and what VMware told, where that was asked for; what quotas have cost, and how
     * many slices were quiet, since the start; for how long the JVM was paused; {@code suspended} where an operator had suspended
     * measuring: what calls there were is unknown then.
     */
    record Interval(
            int v,
            String kind,
            long startMs,
            long endMs,
            @Nullable List<VcpuSteal> vcpus,
            @Nullable Long mostStolenNs,
            @Nullable String tainted,
            Map<String, Long> health,
            @Nullable Long probeNs,
            @Nullable Long probeInsideNs,
            @Nullable List<ProbeCount> probeCounts,
            @Nullable List<StealBurst> bursts,
            @Nullable Long burstsLeftOut,
            @Nullable NetworkInterval network,
            @Nullable VmwareInterval vmware,
            @Nullable Map<String, Long> vmwarePseudo,
            @Nullable Throttled throttled,
            @Nullable SliceCounts slices,
            @Nullable Paused paused,
            @Nullable Boolean suspended) {
        /** Null also where parts are missing in the JSON: they are null here, whatever the record declares. */
        @Nullable
        NetworkInterval wholeNetwork() {
            return network == null || network.isWhole() ? network : null;
        }

        /** The same. */
        @Nullable
        VmwareInterval wholeVmware() {
            return vmware == null || vmware.isWhole() ? vmware : null;
        }

        /** The same. */
        @Nullable
        Map<String, Long> wholePseudo() {
            return vmwarePseudo == null || !vmwarePseudo.containsValue(null) ? vmwarePseudo : null;
        }

        /** The same. */
        @Nullable
        Throttled wholeThrottled() {
            return throttled == null
                            || throttled.levels() == null
                            || throttled.levels().contains(null)
                    ? null
                    : throttled;
        }

        /** The same. */
        @Nullable
        Paused wholePaused() {
            return paused == null
                            || paused.source() == null
                            || paused.longest() == null
                            || paused.longest().contains(null)
                    ? null
                    : paused;
        }

        static Interval of(IntervalSnapshot s) {
            StealHiccups seen = s.hiccups();
            return new Interval(
                    VERSION,
                    "interval",
                    s.startMs(),
                    s.endMs(),
                    s.vcpus(),
                    s.mostStolenNs(),
                    s.tainted(),
                    s.health(),
                    s.probeNs(),
                    s.probeInsideNs(),
                    s.probeCounts().isEmpty() ? null : s.probeCounts(),
                    seen == null ? null : seen.bursts(),
                    seen == null ? null : Long.valueOf(seen.burstsLeftOut()),
                    s.host().network(),
                    s.host().vmware(),
                    s.host().vmwarePseudo(),
                    s.jvm().throttled(),
                    s.jvm().slices(),
                    s.jvm().paused(),
                    s.suspended() ? Boolean.TRUE : null);
        }
    }

    /** Before the line that ends an interval, where a clock outside of the guest is asked; see {@link OutsideTime}. */
    record Timeref(int v, String kind, OutsideTime timeref) {
        Timeref(OutsideTime timeref) {
            this(VERSION, "timeref", timeref);
        }
    }

    /**
     * The last line of a run that ended in order and was written in full: everything up to {@code endMs} is in its files. What has
     * none was killed, or has not ended.
     */
    record End(int v, String kind, long endMs) {
        End(long endMs) {
            this(VERSION, "end", endMs);
        }
    }

    static String json(Object line) {
        return PREFIX + GSON.toJson(line);
    }
}
