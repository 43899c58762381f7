package io.vperf.steal;

import io.vperf.clock.ThreadClock;
import io.vperf.clock.VcpuClock;

/**
 * A finished call, long enough to hide steal.
 *
 * @param thread sequence number of its thread, unique in the run
 * @param depth of its frame on that thread's stack of measured calls
 * @param entryNs wall clock at entry
 * @param exitNs wall clock at exit
 * @param cpuNs CPU time, or {@link ThreadClock#UNKNOWN}
 * @param vcpuAtEntry vCPU number, or {@link VcpuClock#UNKNOWN}
 * @param vcpuAtExit vCPU number, or {@link VcpuClock#UNKNOWN}
 */
public record LongCall(long thread, int depth, long entryNs, long exitNs, long cpuNs, int vcpuAtEntry, int vcpuAtExit) {

    public long wallNs() {
        return exitNs - entryNs;
    }
}
