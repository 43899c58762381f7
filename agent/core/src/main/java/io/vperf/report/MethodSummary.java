package io.vperf.report;

import io.vperf.record.MethodInterval;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/** One method over all intervals. Histograms are packed: there is one set per method for the whole run. */
final class MethodSummary {

    private static final int DIGITS = 2;

    final String name;
    final PackedHistogram wall = new PackedHistogram(DIGITS);
    final PackedHistogram corrected = new PackedHistogram(DIGITS);
    final PackedHistogram cpu = new PackedHistogram(DIGITS);

    long calls;

    /** Calls of intervals in which none was measured: they are in no sum. */
    long unmeasuredCalls;

    /** Of the intervals with calls, one in how many was measured: at least, and at most. */
    int leastSamplingFactor = Integer.MAX_VALUE;

    int mostSamplingFactor = 1;

    /** Over the intervals in which it is known; null if there was none. */
    @Nullable
    Long exceptions;

    final Sampled sampled = new Sampled();

    long cpuUnknownCalls;
    long uncorrectedCalls;
    long inFlight;
    long oldestInFlightNs;

    /** Over the intervals in which steal was known; null if there was none. */
    @Nullable
    Long stolenNs;

    long boundNs;

    /** Wall time of the intervals in which steal was known. */
    long wallWithStealKnownNs;

    final ProbeShare probes = new ProbeShare();

    MethodSummary(String name) {
        this.name = name;
    }

    /**
     * Adds an interval.
     *
     * @param probeNs what measuring a call cost in it; null where that is not known
     * @param probeInsideNs the part of it that is in the call's own wall time; null where that is not known
     */
    void add(MethodInterval m, @Nullable Long probeNs, @Nullable Long probeInsideNs) {
        probes.add(m, probeNs, probeInsideNs);
        calls += m.calls();
        if (m.calls() > 0) {
            leastSamplingFactor = Math.min(leastSamplingFactor, m.samplingFactor());
            mostSamplingFactor = Math.max(mostSamplingFactor, m.samplingFactor());
        }
        exceptions = sum(exceptions, m.exceptions());
        Long intervalNs = m.wallNs();
        sampled.add(m);
        cpuUnknownCalls += m.cpuUnknownCalls();
        uncorrectedCalls += m.uncorrectedCalls();
        if (intervalNs == null) {
            unmeasuredCalls += m.calls();
        } else if (m.stolenNs() != null) {
            stolenNs = sum(stolenNs, m.stolenNs());
            wallWithStealKnownNs += intervalNs;
        }
        if (m.boundNs() != null) {
            boundNs += m.boundNs();
        }
        add(wall, m.wall());
        add(corrected, m.corrected());
        add(cpu, m.cpu());
    }

    void inFlight(long calls, long oldestNs) {
        inFlight = calls;
        oldestInFlightNs = oldestNs;
    }

    private static @Nullable Long sum(@Nullable Long known, @Nullable Long more) {
        if (more == null) {
            return known;
        }
        return known == null ? more : known + more;
    }

    private static void add(PackedHistogram to, @Nullable AbstractHistogram from) {
        if (from != null) {
            to.add(from);
        }
    }
}
