package io.vperf.steal;

import java.util.List;

/**
 * What the sampler saw in one interval.
 *
 * @param vcpus those with a window that ended in it, by their numbers
 * @param bursts the largest, the one with most steal first
 * @param burstsLeftOut how many there were besides
 */
public record StealHiccups(List<VcpuHiccups> vcpus, List<StealBurst> bursts, long burstsLeftOut) {

    /** Bursts that are told of an interval. */
    public static final int MOST_BURSTS = 32;
}
