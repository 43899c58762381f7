package io.vperf.record;

import org.HdrHistogram.Histogram;

/**
 * How often each of the shortest times was seen, on the way into a histogram: many calls of one method take few different times,
 * and a histogram takes 3 ns for each value it is given (of a measured call of 64 ns), an array of counts hardly any.
 */
final class SmallTimes {

    /** What is longer costs more than its way into a histogram does. */
    private static final int BELOW_NS = 256;

    private final int[] counts = new int[BELOW_NS];

    /** Those whose count is not zero. */
    private final short[] seen = new short[BELOW_NS];

    private int distinct;

    /**
     * Counts a time, if it is one of the shortest.
     *
     * @param ns not negative
     * @return whether it is
     */
    boolean add(long ns) {
        if (ns >= BELOW_NS) {
            return false;
        }
        int at = (int) ns;
        if (counts[at]++ == 0) {
            seen[distinct++] = (short) at;
        }
        return true;
    }

    boolean isEmpty() {
        return distinct == 0;
    }

    /** Gives the histogram all that was counted, and begins anew. */
    void drainTo(Histogram times) {
        for (int i = 0; i < distinct; i++) {
            times.recordValueWithCount(seen[i], counts[seen[i]]);
            counts[seen[i]] = 0;
        }
        distinct = 0;
    }
}
