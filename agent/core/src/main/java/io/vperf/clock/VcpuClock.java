package io.vperf.clock;

/** Which vCPU the calling thread runs on at this moment. */
public interface VcpuClock {

    /** What {@link #current} answers where the number cannot be had. */
    int UNKNOWN = -1;

    /** The vCPU's number as in /proc/stat, or {@link #UNKNOWN}. */
    int current();
}
