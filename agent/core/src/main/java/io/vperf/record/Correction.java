package io.vperf.record;

import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What steal has to do with one method's times in one interval, where that is known. Times in nanoseconds. Sums cover outermost
 * calls, histograms every call; see {@link MethodInterval}.
 *
 * <p>Of each call it is known that its true corrected time lies between two values, so the percentile of all true ones
 * lies between the same percentiles of all these values.
 *
 * @param stolenNs sum of attributed steal
 * @param leastStolenNs the true sum is not smaller
 * @param mostStolenNs the true sum is not larger
 * @param corrected wall times less attributed steal; those of {@link MethodInterval#uncorrectedCalls} as they are
 * @param correctedLeast no true percentile is smaller; null: as {@code corrected}
 * @param correctedMost no true percentile is larger; null: as {@code corrected}
 * @param stolen attributed steal
 * @param cpuNs sum of CPU time less attributed steal over the calls for which it is known; null where CPU time holds no steal,
 *     or nobody can say whether it does
 * @param cpu the same per call; null as the sum
 */
public record Correction(
        long stolenNs,
        long leastStolenNs,
        long mostStolenNs,
        AbstractHistogram corrected,
        @Nullable AbstractHistogram correctedLeast,
        @Nullable AbstractHistogram correctedMost,
        AbstractHistogram stolen,
        @Nullable Long cpuNs,
        @Nullable AbstractHistogram cpu) {

    /** The true sum of stolen time lies within {@code stolenNs ± boundNs}. */
    public long boundNs() {
        return Math.max(stolenNs - leastStolenNs, mostStolenNs - stolenNs);
    }

    /** No true percentile is smaller. */
    public AbstractHistogram least() {
        return correctedLeast == null ? corrected : correctedLeast;
    }

    /** No true percentile is larger. */
    public AbstractHistogram most() {
        return correctedMost == null ? corrected : correctedMost;
    }

    /** The true percentile lies within so much of that of {@code corrected}. */
    public long boundNs(double percentile) {
        return boundNs(corrected, least(), most(), percentile);
    }

    /** The same, of any corrected times and their bounds. */
    public static long boundNs(
            AbstractHistogram corrected, AbstractHistogram least, AbstractHistogram most, double percentile) {
        long ns = corrected.getValueAtPercentile(percentile);
        return Math.max(ns - least.getValueAtPercentile(percentile), most.getValueAtPercentile(percentile) - ns);
    }
}
