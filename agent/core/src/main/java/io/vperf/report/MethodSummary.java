package io.vperf.report;

import io.vperf.record.Correction;
import io.vperf.record.MethodInterval;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** One method over all intervals. */
final class MethodSummary {

    final String name;
    private final HistogramSum wall = new HistogramSum();
    private final HistogramSum cpu = new HistogramSum();
    final CorrectedTimes corrected = new CorrectedTimes();
    final CounterTotals counters = new CounterTotals();
    final TimeSpent timeSpent = new TimeSpent();

    long calls;

    /** Calls of intervals in which none was measured: they are in no sum. */
    long unmeasuredCalls;

    /** Over the intervals in which it is known; null if there was none. */
    @Nullable
    Long exceptions;

    final Sampled sampled = new Sampled();

    /** Measured calls made directly, as far as that is known. */
    long measuredCallees;

    /** Whether these are completions, or subscriptions; their calls' probes are the method's. */
    boolean toCompletion;

    /** Over the calls for which it is known; null if it is for none. */
    @Nullable
    Long cpuNs;

    long cpuUnknownCalls;

    /** Those that stand in corrected with their raw time. */
    long uncorrectedCalls;

    long inFlight;
    long oldestInFlightNs;

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
        if (m.isToCompletion()) {
            toCompletion = true;
        } else {
            probes.add(m, probeNs, probeInsideNs);
        }
        calls += m.calls();
        exceptions = sum(exceptions, m.exceptions());
        Long intervalNs = m.wallNs();
        sampled.add(m);
        Long made = m.measuredCallees();
        measuredCallees += made == null ? 0 : made;
        cpuNs = sum(cpuNs, m.cpuNs());
        cpuUnknownCalls += m.cpuUnknownCalls();
        Correction correction = m.correction();
        if (intervalNs == null) {
            unmeasuredCalls += m.calls();
        } else if (correction != null) {
            corrected.add(intervalNs, correction);
            uncorrectedCalls += m.uncorrectedCalls();
        }
        wall.add(m.wall());
        AbstractHistogram cpuTimes = m.cpu();
        if (cpuTimes != null) {
            cpu.add(cpuTimes);
        }
        counters.add(m.counters());
        timeSpent.add(m.explanation(), m.wall().getTotalCount());
    }

    AbstractHistogram wall() {
        return wall.histogram();
    }

    /** Empty where it is unknown for every call. */
    AbstractHistogram cpu() {
        return cpu.histogram();
    }

    void inFlight(long calls, long oldestNs) {
        inFlight = calls;
        oldestInFlightNs = oldestNs;
    }

    /**
     * Adds what another run says of this method. Histograms are added as HdrHistogram does: all have the same digits, so nothing is
     * lost.
     *
     * @param run whose it is
     * @param name of the run
     */
    void add(MethodSummary other, RunSummary run, String name) {
        calls += other.calls;
        unmeasuredCalls += other.unmeasuredCalls;
        exceptions = sum(exceptions, other.exceptions);
        sampled.add(other.sampled);
        measuredCallees += other.measuredCallees;
        toCompletion |= other.toCompletion;
        cpuUnknownCalls += other.cpuUnknownCalls;
        uncorrectedCalls += other.uncorrectedCalls;
        inFlight += other.inFlight;
        oldestInFlightNs = Math.max(oldestInFlightNs, other.oldestInFlightNs);
        probes.add(other.probes);
        wall.add(other.wall());
        cpu.add(other.cpu());
        corrected.add(other.corrected, run.mostStolenNs());
        counters.add(other.counters, other.measuredCallees, run.probeCounts());
        timeSpent.add(other.timeSpent, name);
    }

    private static @Nullable Long sum(@Nullable Long known, @Nullable Long more) {
        if (more == null) {
            return known;
        }
        return known == null ? more : known + more;
    }
}
