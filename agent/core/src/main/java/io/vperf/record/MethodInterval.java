package io.vperf.record;

import io.vperf.explain.Explanation;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * One method in one interval. Times in nanoseconds. Null means unknown, never zero.
 *
 * <p>Histograms, calls, exceptions and self time cover every call, recursive ones included; the sums of wall, CPU, stolen
 * and corrected time cover outermost calls only, so that no moment is counted twice.
 *
 * <p>Where only one in N calls was measured each stands for N of them, and all but {@code calls} is an estimate; what it is
 * worth is told by {@code estimate}. If none
 * was, while there were some, times and exceptions are unknown: sums are null then, and histograms null or empty.
 *
 * @param name as reported
 * @param calls exact number of calls that ended in the interval (long ones: that were corrected in it); of completions an estimate
 *     where calls are drawn
 * @param measuredCalls how many of these were measured; null where a file does not tell
 * @param exceptions calls of these that ended in an exception; null if none was measured
 * @param wallNs sum of wall time; null if no call was measured
 * @param selfNs sum of wall time less that of directly called measured methods; null if no call was measured, and of completions
 * @param measuredCallees how many measured calls they made directly that ended; null if no call was measured, or a file does
 *     not tell
 * @param cpuNs sum of CPU time over the calls for which it is known; null if it is for none
 * @param cpuUnknownCalls calls whose CPU time is not known
 * @param uncorrectedCalls long calls of which nobody can say what was stolen from them while there was steal; if there is a
 *     correction they stand in it with their raw time, and its bounds hold what may be stolen from them
 * @param samplingFactor one in how many calls was measured at the interval's end, and more of them before; 1: all
 * @param estimate how far the sums are to be trusted; null if every call was measured, and every call that they made, if none
 *     was, or if a file does not tell
 * @param inFlight calls in progress at the interval's end
 * @param oldestInFlightNs age of the oldest of them
 * @param cpu null where CPU time is unknown for every call
 * @param counters what counters say of the calls; empty where there are none, or no call has ended on a thread that has them
 * @param correction null where steal is unknown
 * @param explanation where the time went; null where nobody asked, or no call was measured
 */
public record MethodInterval(
        String name,
        long calls,
        @Nullable Long measuredCalls,
        @Nullable Long exceptions,
        @Nullable Long wallNs,
        @Nullable Long selfNs,
        @Nullable Long measuredCallees,
        @Nullable Long cpuNs,
        long cpuUnknownCalls,
        long uncorrectedCalls,
        int samplingFactor,
        @Nullable Estimate estimate,
        long inFlight,
        long oldestInFlightNs,
        AbstractHistogram wall,
        @Nullable AbstractHistogram cpu,
        List<CounterInterval> counters,
        @Nullable Correction correction,
        @Nullable Explanation explanation) {

    /** Whether these are times up to the completion of what a method returned, or of subscriptions: then of wall time alone. */
    public boolean isToCompletion() {
        return wallNs != null && selfNs == null;
    }

    /** Sum of attributed steal; null where steal is unknown. */
    public @Nullable Long stolenNs() {
        return correction == null ? null : correction.stolenNs();
    }

    /** {@code wallNs − stolenNs}; null where steal is unknown. */
    public @Nullable Long correctedNs() {
        return correction == null || wallNs == null ? null : Long.valueOf(wallNs - correction.stolenNs());
    }

    /** Bound on the error of {@code stolenNs}; null where steal is unknown. */
    public @Nullable Long boundNs() {
        return correction == null ? null : correction.boundNs();
    }

    /** Null where steal is unknown. */
    public @Nullable AbstractHistogram corrected() {
        return correction == null ? null : correction.corrected();
    }

    /** Null where steal is unknown. */
    public @Nullable AbstractHistogram stolen() {
        return correction == null ? null : correction.stolen();
    }

    /** The same with another correction. */
    MethodInterval with(@Nullable Correction other, long otherUncorrectedCalls) {
        return with(other, otherUncorrectedCalls, explanation);
    }

    /**
     * The same where what was said to be stolen is not to be trusted.
     *
     * @param cpuExcludesSteal whether CPU time surely holds no steal
     */
    MethodInterval withoutSteal(boolean cpuExcludesSteal) {
        return with(null, uncorrectedCalls, explanation == null ? null : explanation.withoutSteal(cpuExcludesSteal));
    }

    /** The same with an explanation. */
    public MethodInterval with(@Nullable Explanation other) {
        return with(correction, uncorrectedCalls, other);
    }

    private MethodInterval with(
            @Nullable Correction otherCorrection, long otherUncorrectedCalls, @Nullable Explanation otherExplanation) {
        return new MethodInterval(
                name,
                calls,
                measuredCalls,
                exceptions,
                wallNs,
                selfNs,
                measuredCallees,
                cpuNs,
                cpuUnknownCalls,
                otherUncorrectedCalls,
                samplingFactor,
                estimate,
                inFlight,
                oldestInFlightNs,
                wall,
                cpu,
                counters,
                otherCorrection,
                otherExplanation);
    }
}
