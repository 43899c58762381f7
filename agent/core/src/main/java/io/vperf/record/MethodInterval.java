package io.vperf.record;

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
 * @param calls exact number of calls that ended in the interval (long ones: that were corrected in it)
 * @param measuredCalls how many of these were measured; null where a file does not tell
 * @param exceptions calls of these that ended in an exception; null if none was measured
 * @param wallNs sum of wall time; null if no call was measured
 * @param selfNs sum of wall time less that of directly called measured methods; null if no call was measured
 * @param measuredCallees how many measured calls they made directly that ended; null if no call was measured, or a file does
 *     not tell
 * @param cpuNs sum of CPU time over the calls for which it is known; null if it is for none
 * @param cpuUnknownCalls calls whose CPU time is not known
 * @param stolenNs sum of attributed steal; null where steal is unknown
 * @param correctedNs {@code wallNs − stolenNs}
 * @param boundNs bound on the error of {@code stolenNs}; null where steal is unknown
 * @param uncorrectedCalls long calls that entered the corrected histogram with their raw time
 * @param samplingFactor one in how many calls was measured; 1: all
 * @param estimate how far the sums are to be trusted; null if every call was measured, and every call that they made, if none
 *     was, or if a file does not tell
 * @param inFlight calls in progress at the interval's end
 * @param oldestInFlightNs age of the oldest of them
 * @param corrected null where steal is unknown
 * @param cpu null where CPU time is unknown for every call
 * @param stolen null where steal is unknown
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
        @Nullable Long stolenNs,
        @Nullable Long correctedNs,
        @Nullable Long boundNs,
        long uncorrectedCalls,
        int samplingFactor,
        @Nullable Estimate estimate,
        long inFlight,
        long oldestInFlightNs,
        AbstractHistogram wall,
        @Nullable AbstractHistogram corrected,
        @Nullable AbstractHistogram cpu,
        @Nullable AbstractHistogram stolen) {

    /**
     * The same with a bound no larger than what can have been stolen at all. Each call's bound holds the counter's
     * resolution, a tick; the sum of many calls is off by one tick per vCPU in all, as the counter itself loses nothing.
     *
     * @param mostNs the most that can have been stolen from all these calls together
     */
    MethodInterval boundBy(long mostNs) {
        if (stolenNs == null || boundNs == null) {
            return this;
        }
        long bound = Math.min(boundNs, Math.max(stolenNs, mostNs - stolenNs));
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
                stolenNs,
                correctedNs,
                bound,
                uncorrectedCalls,
                samplingFactor,
                estimate,
                inFlight,
                oldestInFlightNs,
                wall,
                corrected,
                cpu,
                stolen);
    }
}
