package io.vperf.export.hlog;

import io.vperf.explain.Explanation;
import io.vperf.explain.QuietTimes;
import io.vperf.explain.SlowCall;
import io.vperf.explain.WallSplit;
import io.vperf.record.Correction;
import io.vperf.record.CounterInterval;
import io.vperf.record.HostInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.JvmInterval;
import io.vperf.record.MethodInterval;
import io.vperf.steal.StealBurst;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.VcpuHiccups;
import io.vperf.timeref.OutsideTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What the lines of an interval have said so far; the line that ends it takes all of it. */
final class IntervalParts {

    private final Map<String, AbstractHistogram> histograms = new HashMap<>();
    private final List<MethodInterval> methods = new ArrayList<>();

    /** By method: the line of a method may be damaged, and its calls are no other's. */
    private final Map<String, List<SlowCall>> slow = new HashMap<>();

    private @Nullable OutsideTime outside;

    /** A histogram, by its tag. */
    void add(String tag, AbstractHistogram histogram) {
        histograms.put(tag, histogram);
    }

    /** Whether nothing has come since the last interval ended. */
    boolean isEmpty() {
        return methods.isEmpty() && histograms.isEmpty();
    }

    void clear() {
        slow.clear();
        methods.clear();
        histograms.clear();
        outside = null;
    }

    /** How many methods have a histogram left: a line of one that is damaged in its first letters looks like a comment. */
    long withoutLine() {
        String wall = Tags.encode(Tags.WALL, "");
        return histograms.keySet().stream().filter(tag -> tag.startsWith(wall)).count();
    }

    /** The interval that the line ends. */
    IntervalSnapshot take(Lines.Interval i) {
        IntervalSnapshot whole = new IntervalSnapshot(
                i.startMs(),
                i.endMs(),
                List.copyOf(methods),
                i.vcpus(),
                i.mostStolenNs(),
                i.tainted(),
                i.health(),
                i.probeNs(),
                i.probeInsideNs(),
                i.probeCounts() == null ? List.of() : i.probeCounts(),
                hiccups(i),
                new HostInterval(i.wholeNetwork(), i.wholeVmware(), i.wholePseudo(), outside),
                new JvmInterval(i.wholeThrottled(), i.slices(), i.wholePaused()),
                Boolean.TRUE.equals(i.suspended()));
        clear();
        return whole;
    }

    void slow(SpentLines.Slow line) {
        SlowCall call = line.call();
        if (call == null) {
            throw new UnusableLineException("what is said of a slow call is incomplete");
        }
        slow.computeIfAbsent(line.name(), method -> new ArrayList<>()).add(call);
    }

    void timeref(@Nullable OutsideTime said) {
        if (said == null
                || said.packets() == null
                || said.stops() == null
                || said.stops().largest() == null) {
            throw new UnusableLineException("what the outside clock said is incomplete");
        }
        outside = said;
    }

    /** The first files did not tell. */
    private @Nullable Explanation takeExplanation(Lines.Method m, String tag, @Nullable AbstractHistogram wall) {
        WallSplit split = SpentLines.split(m.parts(), m.pausedNs(), m.blockedWhileStolenNs());
        List<SlowCall> calls = slow.remove(m.name());
        return split == null
                ? null
                : new Explanation(
                        split,
                        calls == null ? List.of() : List.copyOf(calls),
                        m.slowLeftOut() == null ? 0 : m.slowLeftOut(),
                        quiet(m, tag, wall));
    }

    /** Those of all calls are not written twice. */
    private @Nullable QuietTimes quiet(Lines.Method m, String tag, @Nullable AbstractHistogram wall) {
        AbstractHistogram own = take(Tags.QUIET, tag);
        Long calls = m.quietCalls();
        if (calls == null || wall == null) {
            return null;
        }
        return new QuietTimes(own != null ? own : calls == 0 ? new Histogram(2) : wall);
    }

    /** @param tag what those of its histograms end with */
    void method(Lines.Method m, String tag) {
        AbstractHistogram wall = take(Tags.WALL, tag);
        Explanation explanation = takeExplanation(m, tag, wall);
        boolean known = wall != null || m.calls() == 0;
        if (!known && !saysUnknown(m)) {
            throw new UnusableLineException("the histogram of " + m.name() + " is missing");
        }
        methods.add(new MethodInterval(
                m.name(),
                m.calls(),
                measuredCalls(m),
                known ? m.exceptions() : null,
                known ? m.wallNs() : null,
                known ? m.selfNs() : null,
                known ? m.measuredCallees() : null,
                m.cpuNs(),
                m.cpuUnknownCalls(),
                m.uncorrectedCalls(),
                m.samplingFactor(),
                known ? m.estimate() : null,
                m.inFlight(),
                m.oldestInFlightNs(),
                wall == null ? new Histogram(2) : wall,
                take(Tags.CPU, tag),
                counters(m, tag),
                correction(m, tag),
                explanation));
    }

    /** One without calls has no histogram; one whose histogram is missing is left out: nothing is known of it. */
    private List<CounterInterval> counters(Lines.Method m, String tag) {
        List<CounterInterval> counters = new ArrayList<>();
        for (Lines.Counter c : m.counters() == null ? List.<Lines.Counter>of() : m.counters()) {
            AbstractHistogram counts = c.calls() == 0 ? new Histogram(2) : take(Tags.counter(c.name()), tag);
            if (counts != null) {
                long error = c.drawError() == null ? 0 : c.drawError();
                counters.add(new CounterInterval(
                        c.name(), c.calls(), c.estimatedCalls(), c.sum(), c.comparableSum(), error, counts));
            }
        }
        return counters;
    }

    /** The first files have one bound for both sides. */
    private @Nullable Correction correction(Lines.Method m, String tag) {
        AbstractHistogram corrected = takeOrEmpty(Tags.CORRECTED, m, tag);
        AbstractHistogram least = take(Tags.CORRECTED_LEAST, tag);
        AbstractHistogram most = take(Tags.CORRECTED_MOST, tag);
        AbstractHistogram stolen = takeOrEmpty(Tags.STOLEN, m, tag);
        AbstractHistogram cpu = take(Tags.CPU_CORRECTED, tag);
        Long stolenNs = m.stolenNs();
        if (stolenNs == null || corrected == null || stolen == null) {
            return null;
        }
        long boundNs = m.boundNs() == null ? 0 : m.boundNs();
        return new Correction(
                stolenNs,
                m.leastStolenNs() == null ? Math.max(0, stolenNs - boundNs) : m.leastStolenNs(),
                m.mostStolenNs() == null ? stolenNs + boundNs : m.mostStolenNs(),
                corrected,
                least,
                most,
                stolen,
                m.cpuCorrectedNs(),
                cpu);
    }

    private @Nullable AbstractHistogram takeOrEmpty(String metric, Lines.Method m, String tag) {
        AbstractHistogram taken = take(metric, tag);
        return taken == null && m.calls() == 0 ? new Histogram(2) : taken;
    }

    /** Whether none of a method's calls was measured. Where only some were, the first files had sums of 0 for that. */
    private static boolean saysUnknown(Lines.Method m) {
        Long wallNs = m.wallNs();
        return wallNs == null || (wallNs == 0 && m.samplingFactor() > 1);
    }

    /** The first files did not tell; where all calls were to be measured, all were. */
    private static @Nullable Long measuredCalls(Lines.Method m) {
        return m.measuredCalls() == null && m.samplingFactor() <= 1 ? Long.valueOf(m.calls()) : m.measuredCalls();
    }

    private @Nullable AbstractHistogram take(String metric, String tag) {
        return histograms.remove(Tags.of(metric, tag));
    }

    /** The first files do not have any. */
    private @Nullable StealHiccups hiccups(Lines.Interval i) {
        List<StealBurst> bursts = i.bursts();
        if (bursts == null) {
            return null;
        }
        String prefix = Tags.encode(Tags.STEAL, Tags.VCPU);
        List<VcpuHiccups> vcpus = new ArrayList<>();
        histograms.forEach((tag, windows) -> {
            if (tag.startsWith(prefix)) {
                vcpus.add(new VcpuHiccups(Integer.parseInt(tag.substring(prefix.length())), windows));
            }
        });
        vcpus.sort(Comparator.comparingInt(VcpuHiccups::vcpu));
        return new StealHiccups(
                List.copyOf(vcpus), List.copyOf(bursts), i.burstsLeftOut() == null ? 0 : i.burstsLeftOut());
    }
}
