package io.vperf.report;

import io.vperf.record.Correction;
import io.vperf.record.MethodInterval;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The corrected times of one method, over the intervals in which they are known. Percentiles of sums of histograms are
 * bounded as those of one interval are.
 */
final class CorrectedTimes {

    private final HistogramSum wall = new HistogramSum();
    private final HistogramSum stolen = new HistogramSum();
    private final HistogramSum cpu = new HistogramSum();

    /** Null: as {@link #wall}. */
    private @Nullable HistogramSum least;

    private @Nullable HistogramSum most;

    private long stolenNs;
    private long leastStolenNs;
    private long mostStolenNs;
    private long rawNs;

    /**
     * Adds an interval.
     *
     * @param intervalNs sum of wall time in it
     */
    void add(long intervalNs, Correction c) {
        stolenNs += c.stolenNs();
        leastStolenNs += c.leastStolenNs();
        mostStolenNs += c.mostStolenNs();
        rawNs += intervalNs;
        least = add(least, c.correctedLeast(), c.corrected());
        most = add(most, c.correctedMost(), c.corrected());
        wall.add(c.corrected());
        stolen.add(c.stolen());
        AbstractHistogram correctedCpu = c.cpu();
        if (correctedCpu != null) {
            cpu.add(correctedCpu);
        }
    }

    /**
     * Adds another run's.
     *
     * @param mostOfRunNs as for {@link #boundNs}, of that run
     */
    void add(CorrectedTimes other, @Nullable Long mostOfRunNs) {
        stolenNs += other.stolenNs;
        leastStolenNs += other.leastStolenNs;
        mostStolenNs += other.mostStolenNs(mostOfRunNs);
        rawNs += other.rawNs;
        least = add(least, histogram(other.least), other.wall());
        most = add(most, histogram(other.most), other.wall());
        wall.add(other.wall());
        stolen.add(other.stolen());
        cpu.add(other.cpu());
    }

    private static @Nullable AbstractHistogram histogram(@Nullable HistogramSum sum) {
        return sum == null ? null : sum.histogram();
    }

    private long mostStolenNs(@Nullable Long mostOfRunNs) {
        return mostOfRunNs == null ? mostStolenNs : Math.min(mostStolenNs, mostOfRunNs);
    }

    /** Up to now it was as {@link #wall}, which has not got the interval's own yet. */
    private @Nullable HistogramSum add(
            @Nullable HistogramSum to, @Nullable AbstractHistogram bound, AbstractHistogram corrected) {
        HistogramSum sum = to == null && bound != null ? wall.copy() : to;
        if (sum != null) {
            sum.add(bound == null ? corrected : bound);
        }
        return sum;
    }

    /** Times less what was stolen; empty where that is unknown. */
    AbstractHistogram wall() {
        return wall.histogram();
    }

    AbstractHistogram stolen() {
        return stolen.histogram();
    }

    /** Empty where CPU time holds no steal, or nobody can say whether it does. */
    AbstractHistogram cpu() {
        return cpu.histogram();
    }

    /** Whether there was any such interval with calls. */
    boolean isKnown() {
        return wall().getTotalCount() > 0;
    }

    long stolenNs() {
        return stolenNs;
    }

    /** Of the same intervals. */
    long rawNs() {
        return rawNs;
    }

    /**
     * The true sum of stolen time is {@link #stolenNs} ± this. Each interval's own bound holds the resolution of the counters,
     * a tick per vCPU; but they lose nothing between intervals, so that resolution counts once in a run.
     *
     * @param mostOfRunNs the most that can have been stolen in the whole run, or null where unknown
     */
    long boundNs(@Nullable Long mostOfRunNs) {
        return Math.max(stolenNs - leastStolenNs, mostStolenNs(mostOfRunNs) - stolenNs);
    }

    /** Whether it is known that true percentiles may be others than those of {@link #wall}. */
    boolean isBounded() {
        return least != null || most != null;
    }

    /** No true percentile is smaller. */
    AbstractHistogram least() {
        return least == null ? wall() : least.histogram();
    }

    /** No true percentile is larger. */
    AbstractHistogram most() {
        return most == null ? wall() : most.histogram();
    }

    /**
     * Whether the correction of a percentile is smaller than its bound, or the percentile may be that of a call that could not be
     * corrected, and that may hold steal.
     *
     * @param uncorrectedCalls see {@link MethodInterval#uncorrectedCalls}
     */
    boolean isUncertain(AbstractHistogram raw, double percentile, long uncorrectedCalls) {
        return isUncertain(raw, wall(), least(), most(), percentile, uncorrectedCalls);
    }

    /** The same, of any corrected times and their bounds. */
    static boolean isUncertain(
            AbstractHistogram raw,
            AbstractHistogram corrected,
            AbstractHistogram least,
            AbstractHistogram most,
            double percentile,
            long uncorrectedCalls) {
        long ns = corrected.getValueAtPercentile(percentile);
        long correctionNs = raw.getValueAtPercentile(percentile) - ns;
        return isUncertain(correctionNs, Correction.boundNs(corrected, least, most, percentile))
                || (least.getValueAtPercentile(percentile) < ns && mayBeRaw(corrected, percentile, uncorrectedCalls));
    }

    /** Whether there are as many calls that could not be corrected as there are above the percentile. */
    static boolean mayBeRaw(AbstractHistogram h, double percentile, long uncorrectedCalls) {
        double above = h.getTotalCount() * (100 - percentile) / 100;
        return uncorrectedCalls > 0 && uncorrectedCalls >= above;
    }

    static boolean isUncertain(long correctionNs, long boundNs) {
        return correctionNs > 0 && correctionNs <= boundNs;
    }
}
