package io.vperf.container;

/**
 * What a cgroup's quota has cost its threads since the cgroup was made (Documentation/scheduler/sched-bwc.rst).
 *
 * @param periods that began while the cgroup had something to run
 * @param throttledPeriods of them, those in which the quota did not last
 * @param throttledNs time for which its run queues, one per CPU, were kept from running, added up; it grows when a
 *     throttled queue is let go, not before. Version 2 tells it in microseconds
 */
public record Throttling(long periods, long throttledPeriods, long throttledNs) {}
