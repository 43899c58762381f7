package io.vperf.clock;

/**
 * What a reading costs here and now, by timing batches of readings with {@link System#nanoTime()}. Called on any thread;
 * everything happens on it.
 */
public final class ReadingCost {

    /**
     * Readings of one kind in a loop of their own: a loop that they shared with other kinds would call each through an
     * interface, and tell the price of that too.
     */
    @FunctionalInterface
    public interface Readings {

        /**
         * Makes so many readings.
         *
         * @return something made of each reading, so that the compiler leaves none out
         */
        long make(int count);
    }

    private static final int PER_BATCH = 50;

    /** Whatever time they take: a thread that is switched out in its only batch would tell milliseconds. */
    private static final int FEWEST_BATCHES = 20;

    /** Enough for HotSpot to compile the loop for good (Tier4InvocationThreshold and its kin ask for some 15,000). */
    private static final int LEAST_BATCHES = 800;

    /** Keeps the sums alive. */
    @SuppressWarnings("UnusedVariable")
    private static volatile long kept;

    private ReadingCost() {}

    /**
     * Nanoseconds of a reading, in the fastest of many short batches: the one that ran compiled and undisturbed, if it was
     * given the time. Still interpreted at the end, native code looks dearer than it is.
     *
     * @param quietNs ends when it did not become cheaper for so long
     * @param mostNs ends after so long in any case
     */
    public static double fastestNs(long quietNs, long mostNs, Readings readings) {
        long fastestNs = Long.MAX_VALUE;
        long beginNs = System.nanoTime();
        long betterNs = beginNs;
        long nowNs = beginNs;
        for (int i = 0;
                i < FEWEST_BATCHES || (isGoing(i, nowNs - betterNs, quietNs) && nowNs - beginNs < mostNs);
                i++) {
            long ns = batchNs(readings, PER_BATCH);
            if (ns < fastestNs) {
                fastestNs = ns;
                betterNs = nowNs;
            }
            nowNs = System.nanoTime();
        }
        return (double) fastestNs / PER_BATCH;
    }

    private static boolean isGoing(int batches, long sinceBetterNs, long quietNs) {
        return batches < LEAST_BATCHES || sinceBetterNs < quietNs;
    }

    /** Nanoseconds that so many readings take together, the reading of the time around them included. */
    public static long batchNs(Readings readings, int count) {
        long beginNs = System.nanoTime();
        long sum = readings.make(count);
        long endNs = System.nanoTime();
        kept = sum;
        return endNs - beginNs;
    }
}
