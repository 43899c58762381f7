package io.vperf.report.html;

/**
 * The cells of the page's time axis. They begin half as long as an interval, so that none of which the ends drift a little falls into that of
 * another, and are doubled in length whenever there are more than a page
 * should carry: a cell stands for more intervals then, of which the highest value counts.
 */
final class Grid {

    /** Of all methods together: some 10 bytes each in the page. */
    private static final long MOST_VALUES = 500_000;

    /** Of one method: about as many as a wide screen has columns. */
    private static final long FEWEST_CELLS = 600;

    private static final long MOST_CELLS = 20_000;

    private long baseMs;
    private int doublings;
    private long earliestMs = Long.MAX_VALUE;
    private long latestMs = Long.MIN_VALUE;

    /** Takes an interval in. */
    void add(long startMs, long endMs) {
        base(endMs - startMs);
        earliestMs = Math.min(earliestMs, startMs);
        latestMs = Math.max(latestMs, startMs);
    }

    /** Before the first interval: how long they are meant to be. */
    void base(long intervalMs) {
        if (baseMs == 0) {
            baseMs = Math.max(1, intervalMs / 2);
        }
    }

    /** Doubles the cells until there are few enough for so many methods. */
    void fit(int methods) {
        long most = Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, MOST_VALUES / Math.max(1, methods)));
        while (cell(latestMs) - cell(earliestMs) >= most) {
            doublings++;
        }
    }

    /** The cell of an interval, which is that in which it starts. */
    long cell(long startMs) {
        return Math.floorDiv(startMs, baseMs) >> doublings;
    }

    /** How long a cell is. */
    long cellMs() {
        return baseMs << doublings;
    }

    /** How often cells have been doubled. */
    int doublings() {
        return doublings;
    }
}
