package io.vperf.steal;

/**
 * What a reading of the counters usually takes on this machine: tens of microseconds, some hundred with 256 vCPUs. The
 * median, which interrupted readings move no more than others: it goes up by an eighth for each reading above it and down by
 * an eighth for each below, and so follows from the first, interpreted ones to compiled ones within some thirty.
 *
 * <p>Used by the sampler's thread alone.
 */
final class ReadingCost {

    /** A reading that takes so many times as long as others was interrupted, or its vCPU was. */
    private static final int LATE_FACTOR = 8;

    /** What is not worth a second reading: a twentieth of a tick. */
    private static final long NEVER_LATE_NS = VcpuTimeline.TICK_NS / 20;

    private static final int STEP = 8;

    private long usualNs;

    /** A reading took so long; not negative. */
    void took(long ns) {
        if (usualNs == 0) {
            usualNs = ns;
        } else if (ns > usualNs) {
            usualNs += Math.min(ns - usualNs, usualNs / STEP + 1);
        } else {
            usualNs -= Math.min(usualNs - ns, usualNs / STEP);
        }
    }

    /** 0 before the first. */
    long usualNs() {
        return usualNs;
    }

    /** Whether a reading that took so long was kept from running. */
    boolean isLate(long tookNs) {
        return tookNs > Math.max(NEVER_LATE_NS, usualNs * LATE_FACTOR);
    }
}
