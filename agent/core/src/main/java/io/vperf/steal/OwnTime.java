package io.vperf.steal;

import io.vperf.clock.ThreadClock;

/**
 * A call less the long calls that it made.
 *
 * @param wallNs wall time
 * @param cpuNs CPU time, known
 * @param waitedNs for how long its thread was switched out, or {@link ThreadClock#UNKNOWN}
 * @param runDelayNs the part of that in which it was runnable, or {@link ThreadClock#UNKNOWN}
 */
record OwnTime(LongCall call, long wallNs, long cpuNs, long waitedNs, long runDelayNs) {

    /** Whether this is the whole call. */
    boolean isAll() {
        return wallNs == call.wallNs();
    }

    boolean isWaitKnown() {
        return waitedNs != ThreadClock.UNKNOWN;
    }

    /** Wall less CPU time. That the latter can be the longer one by an error of the clocks is counted for the whole call. */
    long gapNs() {
        return Math.max(0, wallNs - cpuNs);
    }

    /** For how long it ran, or would have run had nothing been stolen meanwhile; CPU time where that is not known. */
    long onCpuNs() {
        return isWaitKnown() ? wallNs - waitedNs : cpuNs;
    }

    /**
     * For how long it was runnable and waited after it had blocked, 0 if not known. An idle vCPU that is stolen from as it
     * wakes keeps the thread that it wakes for waiting.
     */
    long wakeDelayNs() {
        boolean blocked = !isWaitKnown() || waitedNs > runDelayNs;
        return runDelayNs == ThreadClock.UNKNOWN || !blocked ? 0 : Math.max(0, runDelayNs);
    }
}
