package io.vperf.steal;

/**
 * How long the sampler sleeps. Its period in general; a fifth of that where there is steal and there are calls to correct
 * for it; and a stretched one after {@value #STRETCH} samples with neither.
 *
 * <p>Fast: for {@value #FAST_FOR_NS} ns after steal and calls were last both seen, so that a burst is told from the quiet
 * around it. Never faster than {@value #LEAST_NS} ns, the counters' resolution; never so fast that reading them would cost
 * more than 1/{@value #COST_SHARE} of a vCPU by what a reading usually takes (256 vCPUs); never slower than the period.
 *
 * <p>Stretched: no longer than the samples that found nothing took, so a call can find itself in a stretched window only if
 * it is the first one after such a time, and can be given more steal from it than from a window of the period only if that
 * steal began within it. The call that ends the quiet wakes the sampler at once and so is corrected no later than otherwise.
 *
 * <p>Used by the sampler's thread alone.
 */
final class Pace {

    static final int STRETCH = 10;

    /** No window becomes longer than this by stretching, nor the wait of a clock for its discipline. */
    static final long MOST_NS = 1_000_000_000;

    static final int HASTE = 5;
    static final long LEAST_NS = VcpuTimeline.TICK_NS;
    static final long FAST_FOR_NS = 3_000_000_000L;
    static final int COST_SHARE = 200;

    /** Long ago, whatever a clock shows. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final long periodNs;
    private final long stretchedNs;
    private long fastNs;
    private long callsNs = NEVER;
    private long stealNs = NEVER;
    private boolean fast;
    private int idle;

    Pace(long periodNs) {
        this.periodNs = periodNs;
        this.stretchedNs = Math.max(periodNs, Math.min(MOST_NS, periodNs * STRETCH));
        this.fastNs = periodNs;
    }

    /**
     * A sample was taken.
     *
     * @param calls whether a call waited for it or still waits
     * @param steal whether it told of steal
     * @param nowNs by any clock, the same one each time
     * @param readingNs what a reading usually takes
     */
    void sampled(boolean calls, boolean steal, long nowNs, long readingNs) {
        if (calls) {
            callsNs = nowNs;
        }
        if (steal) {
            stealNs = nowNs;
        }
        idle = calls || steal || fast ? 0 : Math.min(STRETCH, idle + 1);
        long allowedNs = Math.max(LEAST_NS, readingNs * COST_SHARE);
        fastNs = Math.min(periodNs, Math.max(periodNs / HASTE, allowedNs));
        fast = fastNs < periodNs && nowNs - callsNs <= FAST_FOR_NS && nowNs - stealNs <= FAST_FOR_NS;
    }

    boolean isStretched() {
        return idle == STRETCH && stretchedNs > periodNs;
    }

    long pauseNs() {
        if (fast) {
            return fastNs;
        }
        return isStretched() ? stretchedNs : periodNs;
    }
}
