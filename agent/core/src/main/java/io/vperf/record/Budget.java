package io.vperf.record;

import java.util.function.LongSupplier;

/**
 * What measuring may cost, and what it does.
 *
 * @param sharePpm of the process's CPU time, in millionths
 * @param callNs what a measured call costs that follows upon another
 * @param drawnNs what one costs on top that comes one in many: its clock must ask the kernel, and it is rehearsed
 * @param processCpuNs CPU time of the whole process so far, to within 10 ms, or −1 where it is unknown: then the share is one of
 *     the time of a single vCPU
 * @param seed of what is drawn at random
 */
public record Budget(long sharePpm, long callNs, long drawnNs, LongSupplier processCpuNs, long seed) {

    private static final double MILLION = 1e6;

    /** {@code utime} and {@code stime} of {@code /proc/PID/stat} are in ticks of USER_HZ. */
    private static final long TICK_NS = 10_000_000;

    static final long UNKNOWN = -1;

    /**
     * As {@link #Budget} wants it.
     *
     * @param kernelNs what asking the kernel for CPU time costs, or less than 0 if it is never asked
     */
    public static long drawnNs(long callNs, long kernelNs) {
        return SamplingRecorder.REHEARSALS * callNs + Math.max(0, kernelNs);
    }

    /** Of an interval; a tick more than was counted may have been used. */
    double allowedNs(long wallNs, long cpuBeforeNs, long cpuAfterNs) {
        boolean known = cpuBeforeNs != UNKNOWN && cpuAfterNs != UNKNOWN;
        return shareNs(known ? cpuAfterNs - cpuBeforeNs + TICK_NS : wallNs);
    }

    double shareNs(long ns) {
        return ns * (sharePpm / MILLION);
    }
}
