package io.vperf.explain;

import java.util.Arrays;

/**
 * By how much the throttle counters of the JVM's cgroups grew, and when, and how much of that has been given to calls. The kernel
 * counts a throttled stretch when it is over ({@code unthrottle_cfs_rq}, kernel/sched/fair.c), and a thread that was kept waiting by
 * it runs on only then: so what hit a call was counted between its entry and its exit. It counts for each vCPU that had something to
 * run, and not for each thread: what several threads on one vCPU waited through is shared by their calls, and no more is ever given
 * than was counted.
 *
 * <p>Stretches in which nothing was counted are not kept. Old windows are merged in pairs, so memory is fixed. Used by one thread
 * at a time.
 */
final class ThrottleTimeline {

    /** 24 kB; even. */
    private static final int CAPACITY = 1024;

    private final long[] startNs = new long[CAPACITY];
    private final long[] endNs = new long[CAPACITY];
    private final long[] leftNs = new long[CAPACITY];

    /** What the calls that are just being explained want of it. */
    private final long[] claimedNs = new long[CAPACITY];

    private int windows;
    private long countedNs;

    /** Read by any thread. */
    private volatile long givenNs;

    /**
     * The counters grew by so much, nanoseconds of several vCPUs added up.
     *
     * @param fromNs a sample; windows that began after it are made one with the new one, so that all are in order
     * @param toNs the newest sample
     */
    void add(long fromNs, long toNs, long grownNs) {
        if (grownNs <= 0) {
            return;
        }
        countedNs += grownNs;
        long ofWindowNs = grownNs;
        while (windows > 0 && startNs[windows - 1] > fromNs) {
            ofWindowNs += leftNs[--windows];
        }
        if (windows == CAPACITY) {
            mergeInPairs();
        }
        startNs[windows] = fromNs;
        endNs[windows] = toNs;
        leftNs[windows] = ofWindowNs;
        windows++;
    }

    private void mergeInPairs() {
        for (int i = 0; i < CAPACITY / 2; i++) {
            startNs[i] = startNs[2 * i];
            endNs[i] = endNs[2 * i + 1];
            leftNs[i] = leftNs[2 * i] + leftNs[2 * i + 1];
        }
        windows = CAPACITY / 2;
    }

    /** Says before any of them is given anything what one of several calls is going to want. */
    void claim(long entryNs, long exitNs, long wantedNs) {
        for (int i = first(entryNs); i < windows && startNs[i] < exitNs; i++) {
            claimedNs[i] += wantedNs;
        }
    }

    /** All who had claims have been given theirs. */
    void forgetClaims() {
        Arrays.fill(claimedNs, 0, windows, 0);
    }

    /**
     * Gives a call what it wants, as far as its windows have it left, and of one that others claim too its share. It claims none of
     * them any more.
     *
     * @param saidNs what it has claimed
     * @return what it was given
     */
    long give(long entryNs, long exitNs, long saidNs, long wantedNs) {
        long wantsNs = wantedNs;
        for (int i = first(entryNs); i < windows && startNs[i] < exitNs; i++) {
            long othersNs = Math.max(0, claimedNs[i] - saidNs);
            claimedNs[i] = othersNs;
            if (wantsNs <= 0) {
                continue;
            }
            double share = wantedNs / ((double) wantedNs + othersNs);
            long takenNs = Math.min(wantsNs, (long) (leftNs[i] * share));
            leftNs[i] -= takenNs;
            wantsNs -= takenNs;
        }
        long takenNs = wantedNs - wantsNs;
        addGiven(takenNs);
        return takenNs;
    }

    /** Gives a call what it has claimed. */
    long give(long entryNs, long exitNs, long wantedNs) {
        return give(entryNs, exitNs, wantedNs, wantedNs);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
    private void addGiven(long ns) {
        givenNs += ns;
    }

    /** The first window that ends after a time, or the number of windows. */
    private int first(long atNs) {
        int low = 0;
        int high = windows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (endNs[middle] > atNs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether nothing was counted in windows that a stretch of time touches. */
    boolean isFree(long fromNs, long toNs) {
        int w = first(fromNs);
        return w == windows || startNs[w] >= toNs;
    }

    /** Since the first sample. */
    long countedNs() {
        return countedNs;
    }

    /** The part of it that calls were given. */
    long givenNs() {
        return givenNs;
    }
}
