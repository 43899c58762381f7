package io.vperf.clock;

/** What a reading costs here and now. */
public final class ReadingCost {

    private static final long BUDGET_NS = 3_000_000;
    private static final int READINGS = 10;

    /** However long they take: the first ones load and link classes, on a busy machine for longer than the budget. */
    private static final int LEAST_BATCHES = 100;

    private ReadingCost() {}

    /**
     * Nanoseconds, of the fastest of many short batches: the one that ran compiled and undisturbed. Takes 3 ms on the
     * calling thread, or longer where that is disturbed.
     */
    public static long fastestNs(Runnable reading) {
        long fastestNs = Long.MAX_VALUE;
        long beginNs = System.nanoTime();
        long nowNs = beginNs;
        for (int batch = 0; batch < LEAST_BATCHES || nowNs - beginNs < BUDGET_NS; batch++) {
            for (int i = 0; i < READINGS; i++) {
                reading.run();
            }
            long endNs = System.nanoTime();
            fastestNs = Math.min(fastestNs, endNs - nowNs);
            nowNs = endNs;
        }
        return fastestNs / READINGS;
    }
}
