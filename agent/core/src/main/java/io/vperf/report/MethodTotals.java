package io.vperf.report;

import io.vperf.explain.Explanation;
import io.vperf.explain.WallSplit;
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
 * @param corrected the same, less what was stolen
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
        @Nullable AbstractHistogram corrected,
        @Nullable WallSplit split) {

    /** Of one interval. */
    public static MethodTotals of(MethodInterval m) {
        Explanation explanation = m.explanation();
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
                m.corrected(),
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
                known ? m.corrected.wall() : null,
                m.timeSpent.split());
    }
}
