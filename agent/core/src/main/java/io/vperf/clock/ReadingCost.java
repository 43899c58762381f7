package io.vperf.clock;

import java.util.Arrays;

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

    /** After those it ends when nothing became cheaper for this long. */
    private static final long QUIET_NS = 2_000_000;

    private static final long SHORT_NS = 3_000_000;

    /** Keeps the sums alive. */
    @SuppressWarnings("UnusedVariable")
    private static volatile long kept;

    private ReadingCost() {}

    /**
     * Nanoseconds of a reading, in the fastest of many short batches: the one that ran compiled and undisturbed. Takes 2
     * to 3 ms.
     */
    public static long fastestNs(Readings readings) {
        return Math.round(fastestNs(QUIET_NS, SHORT_NS, readings)[0]);
    }

    /**
     * The same for several kinds, in turns, so that all see the same machine and the same JIT. Still interpreted at the
     * end, native code looks dearer than it is.
     *
     * @param quietNs ends when none became cheaper for so long
     * @param mostNs ends after so long in any case
     */
    public static double[] fastestNs(long quietNs, long mostNs, Readings... kinds) {
        long[] batchNs = new long[kinds.length];
        Arrays.fill(batchNs, Long.MAX_VALUE);
        long beginNs = System.nanoTime();
        long betterNs = beginNs;
        long nowNs = beginNs;
        for (int i = 0;
                i < FEWEST_BATCHES || (isGoing(i, nowNs - betterNs, quietNs) && nowNs - beginNs < mostNs);
                i++) {
            for (int kind = 0; kind < kinds.length; kind++) {
                long ns = batchNs(kinds[kind], PER_BATCH);
                if (ns < batchNs[kind]) {
                    batchNs[kind] = ns;
                    betterNs = nowNs;
                }
            }
            nowNs = System.nanoTime();
        }
        double[] fastestNs = new double[kinds.length];
        for (int kind = 0; kind < kinds.length; kind++) {
            fastestNs[kind] = (double) batchNs[kind] / PER_BATCH;
        }
        return fastestNs;
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
