package io.vperf.clock;

import java.util.function.LongSupplier;

/** What one reading of each of two clocks costs, measured in turns, so that both see the same machine and the same JIT. */
record ReadingCosts(double oneNs, double otherNs) {

    private static final int READINGS = 50;

    /** Enough for HotSpot to compile the loop for good (Tier4InvocationThreshold and its kin ask for some 15,000). */
    private static final int LEAST_BATCHES = 800;

    /** After those it ends when neither became cheaper for this long. */
    private static final long QUIET_NS = 2_000_000;

    private static final long MOST_NS = 20_000_000;

    /** On the calling thread, 5 to 20 ms. Still interpreted at the end, native code looks dearer than it is. */
    static ReadingCosts measure(LongSupplier one, LongSupplier other) {
        long oneNs = Long.MAX_VALUE;
        long otherNs = Long.MAX_VALUE;
        long beginNs = System.nanoTime();
        long betterNs = beginNs;
        long nowNs = beginNs;
        for (int i = 0; (i < LEAST_BATCHES || nowNs - betterNs < QUIET_NS) && nowNs - beginNs < MOST_NS; i++) {
            long nextOneNs = batchNs(one);
            long nextOtherNs = batchNs(other);
            nowNs = System.nanoTime();
            if (nextOneNs < oneNs || nextOtherNs < otherNs) {
                betterNs = nowNs;
            }
            oneNs = Math.min(oneNs, nextOneNs);
            otherNs = Math.min(otherNs, nextOtherNs);
        }
        return new ReadingCosts((double) oneNs / READINGS, (double) otherNs / READINGS);
    }

    private static long batchNs(LongSupplier clock) {
        long beginNs = System.nanoTime();
        for (int i = 0; i < READINGS; i++) {
            long ignored = clock.getAsLong();
        }
        return System.nanoTime() - beginNs;
    }
}
