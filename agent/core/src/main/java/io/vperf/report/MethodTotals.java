package io.vperf.report;

import io.vperf.explain.Explanation;
import io.vperf.explain.WallSplit;
import io.vperf.record.Correction;
import io.vperf.record.MethodInterval;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * One method's figures over one or many intervals, for whoever shows them. Times in nanoseconds, raw: the probe's own time is in them.
 * Null where unknown; sums are over the intervals in which they are known.
 *
 * @param boundNs the true stolen time is within so much of {@code stolenNs}
 * @param correctedNs wall time less what was stolen
 * @param wall of every measured call; nobody else's to change
 * @param uncorrectedCalls see {@link MethodInterval#uncorrectedCalls}
 * @param corrected the same, less what was stolen
 * @param correctedLeast no true percentile of {@code corrected} is smaller
 * @param correctedMost none is larger
 * @param split of the wall time, over the intervals in which it is known
 */
public record MethodTotals(
        String name,
        long calls,
        @Nullable Long exceptions,
        long inFlight,
        @Nullable Long wallNs,
        @Nullable Long selfNs,
        @Nullable Long cpuNs,
        long cpuUnknownCalls,
        @Nullable Long stolenNs,
        @Nullable Long boundNs,
        @Nullable Long correctedNs,
        AbstractHistogram wall,
        long uncorrectedCalls,
        @Nullable AbstractHistogram corrected,
        @Nullable AbstractHistogram correctedLeast,
        @Nullable AbstractHistogram correctedMost,
        @Nullable WallSplit split) {

    /** Whether a percentile of {@code corrected} may as well be raw, as the report says by "?". */
    public boolean isUncertain(double percentile) {
        return corrected != null
                && correctedLeast != null
                && correctedMost != null
                && CorrectedTimes.isUncertain(
                        wall, corrected, correctedLeast, correctedMost, percentile, uncorrectedCalls);
    }

    /** The true percentile lies within so much of that of {@code corrected}; null where that is unknown. */
    public @Nullable Long correctedBoundNs(double percentile) {
        return corrected == null || correctedLeast == null || correctedMost == null || corrected.getTotalCount() == 0
                ? null
                : Long.valueOf(Correction.boundNs(corrected, correctedLeast, correctedMost, percentile));
    }

    /** Of one interval. */
    public static MethodTotals of(MethodInterval m) {
        Explanation explanation = m.explanation();
        Correction correction = m.correction();
        return new MethodTotals(
                m.name(),
                m.calls(),
                m.exceptions(),
                m.inFlight(),
                m.wallNs(),
                m.selfNs(),
                m.cpuNs(),
                m.cpuUnknownCalls(),
                m.stolenNs(),
                m.boundNs(),
                m.correctedNs(),
                m.wall(),
                m.uncorrectedCalls(),
                m.corrected(),
                correction == null ? null : correction.least(),
                correction == null ? null : correction.most(),
                explanation == null ? null : explanation.split());
    }

    /**
     * Of all intervals up to now.
     *
     * @param mostStolenOfRunNs the most that can have been stolen in the whole run, or null where unknown
     */
    static MethodTotals of(MethodSummary m, @Nullable Long mostStolenOfRunNs) {
        boolean known = m.corrected.isKnown();
        return new MethodTotals(
                m.name,
                m.calls,
                m.exceptions,
                m.inFlight,
                m.sampled.total.rawNs(),
                m.sampled.self.rawNs(),
                m.cpuNs,
                m.cpuUnknownCalls,
                known ? Long.valueOf(m.corrected.stolenNs()) : null,
                known ? Long.valueOf(m.corrected.boundNs(mostStolenOfRunNs)) : null,
                known ? Long.valueOf(m.corrected.rawNs() - m.corrected.stolenNs()) : null,
                m.wall(),
                m.uncorrectedCalls,
                known ? m.corrected.wall() : null,
                known ? m.corrected.least() : null,
                known ? m.corrected.most() : null,
                m.timeSpent.split());
    }
}
