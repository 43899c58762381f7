package io.vperf.steal;

import io.vperf.health.Health;
import io.vperf.health.Trouble;

/** Every clamp of the correction, each counted. */
public final class Limits {

    private final Health health;

    public Limits(Health health) {
        this.health = health;
    }

    /**
     * An estimate of stolen time, kept within what the call's own clocks leave room for.
     *
     * @param roomNs wall time less the time proven running; ≥ 0
     * @param readingCostNs see {@link #gap}; an excess up to this is no error and not counted
     */
    long stolen(long estimateNs, long roomNs, long readingCostNs) {
        if (estimateNs < 0) {
            health.count(Trouble.CLAMPED_NEGATIVE);
            return 0;
        }
        if (estimateNs > roomNs) {
            if (estimateNs - roomNs > readingCostNs) {
                health.count(Trouble.CLAMPED_TO_WALL);
            }
            return roomNs;
        }
        return estimateNs;
    }

    /**
     * The wall time in which the thread was not charged CPU time.
     *
     * @param readingCostNs by how much CPU time may exceed wall time, because the CPU clock is read outside the wall clock
     *     at both ends; no clamp as it is no error
     */
    long gap(long wallNs, long cpuNs, long readingCostNs) {
        long gapNs = wallNs - cpuNs;
        if (gapNs >= 0) {
            return gapNs;
        }
        if (gapNs < -readingCostNs) {
            health.count(Trouble.CLAMPED_NEGATIVE);
        }
        return 0;
    }

    /**
     * CPU time less what was stolen, on a kernel whose CPU time includes steal. Steal can exceed it: what a thread waits for
     * while its vCPU wakes up is stolen from it, but not charged to it.
     */
    public long cpu(long cpuNs, long stolenNs) {
        if (stolenNs > cpuNs) {
            health.count(Trouble.CLAMPED_TO_CPU);
            return 0;
        }
        return cpuNs - stolenNs;
    }
}
