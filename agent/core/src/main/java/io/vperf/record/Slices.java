package io.vperf.record;

import io.vperf.explain.Explainer;
import io.vperf.explain.SliceCounts;
import io.vperf.steal.StealJudge;

/**
 * Stretches of time of {@value #LENGTH_NS} ns, longer while the sampler sleeps, and whether nothing was stolen or throttled in them,
 * wherever it was. Which ones are quiet is decided by the counters alone, so the calls that began in quiet ones are a fair sample of
 * all.
 *
 * <p>A slice is decided when the next one ends: steal is booked when a vCPU runs again, and it is then that its counters show it.
 * Used with the sampler's monitor held.
 */
final class Slices {

    static final long LENGTH_NS = 100_000_000;

    /** What is known of the slice in which a call began. */
    enum Kind {
        /** It has not ended. */
        NOW,
        /** It was the last to end. */
        BEFORE,
        QUIET,
        NOISY
    }

    /** Neighbours of one kind are one; a quiet hour takes one place. Calls from before the oldest began in noisy ones. */
    private static final int CAPACITY = 4096;

    private final long[] endNs = new long[CAPACITY];
    private final boolean[] noisy = new boolean[CAPACITY];
    private int decided;
    private long firstNs;
    private long beforeNs;
    private long nowNs;
    private boolean anyBefore;
    private volatile SliceCounts counts = new SliceCounts(0, 0);

    Slices(long nowNs) {
        this.firstNs = nowNs;
        this.beforeNs = nowNs;
        this.nowNs = nowNs;
    }

    /** Whether the running slice is over. */
    boolean isOver(long atNs) {
        return atNs - nowNs >= LENGTH_NS;
    }

    /**
     * The running slice ends; decides the one before it.
     *
     * @return whether that was noisy
     */
    boolean end(StealJudge judge, Explainer explainer, long atNs) {
        boolean wasNoisy = decideBefore(judge, explainer);
        beforeNs = nowNs;
        nowNs = atNs;
        anyBefore = true;
        return wasNoisy;
    }

    private boolean decideBefore(StealJudge judge, Explainer explainer) {
        if (!anyBefore) {
            return false;
        }
        boolean is = !judge.isQuiet(beforeNs, nowNs) || !explainer.isFreeOfThrottling(beforeNs, nowNs);
        if (decided > 0 && noisy[decided - 1] == is) {
            endNs[decided - 1] = nowNs;
        } else {
            if (decided == CAPACITY) {
                dropOlderHalf();
            }
            endNs[decided] = nowNs;
            noisy[decided++] = is;
        }
        if (beforeNs != nowNs) {
            SliceCounts last = counts;
            counts = new SliceCounts(last.slices() + 1, last.quiet() + (is ? 0 : 1));
        }
        return is;
    }

    private void dropOlderHalf() {
        int half = CAPACITY / 2;
        firstNs = endNs[half - 1];
        System.arraycopy(endNs, half, endNs, 0, half);
        System.arraycopy(noisy, half, noisy, 0, half);
        decided = half;
    }

    /** Of a call that began then. */
    Kind of(long entryNs) {
        if (entryNs >= nowNs) {
            return Kind.NOW;
        }
        if (entryNs >= beforeNs) {
            return Kind.BEFORE;
        }
        if (entryNs < firstNs) {
            return Kind.NOISY;
        }
        int low = 0;
        int high = decided - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (endNs[middle] > entryNs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return decided > 0 && !noisy[low] ? Kind.QUIET : Kind.NOISY;
    }

    /** How many have been decided; may be asked by any thread, and be a moment old. */
    SliceCounts counts() {
        return counts;
    }
}
