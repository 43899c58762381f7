package io.vperf.timeref;

import org.jspecify.annotations.Nullable;

/**
 * A stretch in which this process did not run though it was due, and though the guest's clock went on: it was stopped (by a
 * signal, a debugger, the cgroup freezer), or the whole guest was paused by a hypervisor that lets its clock run on.
 *
 * @param startMs when at the earliest, milliseconds since the epoch
 * @param leastNs for how long at least, less what run delay and steal explain
 * @param mostNs for how long at most
 * @param runDelayNs for how long of that the watching thread waited for a vCPU; null where unknown
 * @param stolenNs what was counted as stolen from all vCPUs together meanwhile; null where unknown
 */
public record Stop(
        long startMs,
        long leastNs,
        long mostNs,
        @Nullable Long runDelayNs,
        @Nullable Long stolenNs) {}
