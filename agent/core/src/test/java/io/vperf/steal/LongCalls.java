package io.vperf.steal;

import io.vperf.clock.ThreadClock;

/** Calls of method 0 of which only the times and places are known. */
final class LongCalls {

    private LongCalls() {}

    static LongCall call(
            long thread, int depth, long entryNs, long exitNs, long cpuNs, int vcpuAtEntry, int vcpuAtExit) {
        return new LongCall(
                thread,
                0,
                depth,
                entryNs,
                exitNs,
                cpuNs,
                vcpuAtEntry,
                vcpuAtExit,
                ThreadClock.UNKNOWN,
                ThreadClock.UNKNOWN);
    }
}
