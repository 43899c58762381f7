package io.vperf.steal;

import io.vperf.clock.ThreadClock;

/** Calls of method 0. */
final class LongCalls {

    private LongCalls() {}

    /** Of a thread that was not switched out. */
    static LongCall call(
            long thread, int depth, long entryNs, long exitNs, long cpuNs, int vcpuAtEntry, int vcpuAtExit) {
        return new LongCall(thread, 0, false, depth, entryNs, exitNs, cpuNs, vcpuAtEntry, vcpuAtExit, 0, 0);
    }

    /** Of a thread that was switched out for nobody knows how long. */
    static LongCall blocked(long entryNs, long exitNs, long cpuNs) {
        return new LongCall(1, 0, false, 0, entryNs, exitNs, cpuNs, 0, 0, ThreadClock.UNKNOWN, ThreadClock.UNKNOWN);
    }
}
