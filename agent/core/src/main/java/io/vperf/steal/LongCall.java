package io.vperf.steal;

import io.vperf.clock.ThreadClock;
import io.vperf.clock.VcpuClock;

/**
 * A finished call, long enough to hide steal.
 *
 * @param thread sequence number of its thread, unique in the run
 * @param method number of its method
 * @param rare whether most calls of that method are too short to hide steal
 * @param depth of its frame on that thread's stack of measured calls
 * @param entryNs wall clock at entry
 * @param exitNs wall clock at exit
 * @param cpuNs CPU time, or {@link ThreadClock#UNKNOWN}
 * @param vcpuAtEntry vCPU number, or {@link VcpuClock#UNKNOWN}
 * @param vcpuAtExit vCPU number, or {@link VcpuClock#UNKNOWN}
 * @param waitedNs for how long its thread was switched out, or {@link ThreadClock#UNKNOWN}; 0 without a switch
 * @param runDelayNs the part of that in which it was runnable, or {@link ThreadClock#UNKNOWN}
 */
public record LongCall(
        long thread,
        int method,
        boolean rare,
        int depth,
        long entryNs,
        long exitNs,
        long cpuNs,
        int vcpuAtEntry,
        int vcpuAtExit,
        long waitedNs,
        long runDelayNs) {

    public long wallNs() {
        return exitNs - entryNs;
    }
}
