package io.vperf.explain;

import io.vperf.lock.BriefLock;

/**
 * Lets through which calls of one method are worth keeping whole: one of the slowest of the interval so far, or slower than a
 * threshold. Asked on application threads at the end of each long call; most are turned away by two comparisons.
 *
 * <p>A call that is let through may be pushed out by slower ones later: {@link SlowCalls} keeps what is left.
 */
public final class SlowGate {

    private final BriefLock lock = new BriefLock();

    private final SlowRule rule;

    /** Ascending; the first {@link #seen} are of calls. */
    private final long[] slowestNs;

    private int seen;
    private long overThreshold;

    /** Of those over the threshold. */
    private long leftOut;

    /** A call that takes no longer is none of the slowest. Written with the lock held, read by any thread. */
    private volatile long fromNs;

    public SlowGate(SlowRule rule) {
        this.rule = rule;
        slowestNs = new long[rule.slowest()];
        fromNs = leastNs();
    }

    private long leastNs() {
        return slowestNs.length == 0 ? Long.MAX_VALUE : 0;
    }

    /** Whether a call is worth keeping, as far as is known by now. */
    public boolean admit(long wallNs) {
        return (wallNs > fromNs || wallNs >= rule.thresholdNs()) && admitted(wallNs);
    }

    private boolean admitted(long wallNs) {
        lock.lock();
        try {
            return admittedLocked(wallNs);
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    private boolean admittedLocked(long wallNs) {
        boolean slow = wallNs > fromNs;
        if (slow) {
            insert(wallNs);
        }
        boolean over = wallNs >= rule.thresholdNs();
        overThreshold += over ? 1 : 0;
        boolean admitted = slow || (over && overThreshold <= SlowRule.MOST_OVER_THRESHOLD);
        leftOut += over && !admitted ? 1 : 0;
        return admitted;
    }

    /** A call that was let through will not be kept all the same. */
    public void leaveOut(long wallNs) {
        lock.lock();
        try {
            leftOut += wallNs >= rule.thresholdNs() ? 1 : 0;
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    private void insert(long wallNs) {
        boolean full = seen == slowestNs.length;
        int at = full ? 0 : seen++;
        if (full) {
            // The fastest of them makes room.
            for (; at + 1 < seen && slowestNs[at + 1] < wallNs; at++) {
                slowestNs[at] = slowestNs[at + 1];
            }
        } else {
            for (; at > 0 && slowestNs[at - 1] > wallNs; at--) {
                slowestNs[at] = slowestNs[at - 1];
            }
        }
        slowestNs[at] = wallNs;
        if (seen == slowestNs.length) {
            fromNs = slowestNs[0];
        }
    }

    /** Begins anew, for a new interval; how many calls over the threshold were turned away or left out in the last one. */
    public long take() {
        lock.lock();
        try {
            long taken = leftOut;
            seen = 0;
            overThreshold = 0;
            leftOut = 0;
            fromNs = leastNs();
            return taken;
        } finally {
            lock.held = false;
            lock.wake();
        }
    }
}
