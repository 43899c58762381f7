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

    /** Of the intervals with calls, one in how many was measured: at least, and at most. */
    int leastSamplingFactor = Integer.MAX_VALUE;

    int mostSamplingFactor = 1;
    long exceptions;
    long wallNs;
    long selfNs;
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
     */
    void add(MethodInterval m, @Nullable Long probeNs) {
        probes.add(m.calls(), m.wallNs(), probeNs);
        calls += m.calls();
        if (m.calls() > 0) {
            leastSamplingFactor = Math.min(leastSamplingFactor, m.samplingFactor());
            mostSamplingFactor = Math.max(mostSamplingFactor, m.samplingFactor());
        }
        exceptions += m.exceptions();
        wallNs += m.wallNs();
        selfNs += m.selfNs();
        cpuUnknownCalls += m.cpuUnknownCalls();
        uncorrectedCalls += m.uncorrectedCalls();
        if (m.stolenNs() != null) {
            stolenNs = (stolenNs == null ? 0 : stolenNs) + m.stolenNs();
            wallWithStealKnownNs += m.wallNs();
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

    private static void add(PackedHistogram to, @Nullable AbstractHistogram from) {
        if (from != null) {
            to.add(from);
        }
    }
}
