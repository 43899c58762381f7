package io.vperf.steal;

/**
 * How long the sampler sleeps: its period as long as calls come to be corrected or steal is seen, and a stretched one after
 * {@value #STRETCH} samples with neither. The stretched period is no longer than these samples took, so a call can find
 * itself in a stretched window only if it is the first one after such a time, and can be given more steal from it than from
 * a window of the period only if that steal began within it. The call that ends the quiet wakes the sampler at once and so
 * is corrected no later than otherwise.
 *
 * <p>Used by the sampler's thread alone.
 */
final class Pace {

    static final int STRETCH = 10;

    /** No window becomes longer than this by stretching, nor the wait of a clock for its discipline. */
    static final long MOST_NS = 1_000_000_000;

    private final long periodNs;
    private final long stretchedNs;
    private int idle;

    Pace(long periodNs) {
        this.periodNs = periodNs;
        this.stretchedNs = Math.max(periodNs, Math.min(MOST_NS, periodNs * STRETCH));
    }

    /**
     * A sample was taken.
     *
     * @param needed whether it told of steal, or a call waited for it or still waits
     */
    void sampled(boolean needed) {
        idle = needed ? 0 : Math.min(STRETCH, idle + 1);
    }

    boolean isStretched() {
        return idle == STRETCH && stretchedNs > periodNs;
    }

    long pauseNs() {
        return isStretched() ? stretchedNs : periodNs;
    }
}
