package io.vperf.explain;

import java.util.List;

/**
 * What quotas have cost since the start of the run.
 *
 * @param levels each cgroup above the JVM that has counters, its own first
 * @param attributedNs how much of what they count was given to calls
 */
public record Throttled(List<Level> levels, long attributedNs) {

    /**
     * One cgroup; all of its processes.
     *
     * @param path from the highest cgroup that can be seen
     * @param periods that began while it had something to run
     * @param throttledPeriods of these, those in which the quota did not last
     * @param throttledNs for which its vCPUs were kept from running it, added up
     */
    public record Level(String path, long periods, long throttledPeriods, long throttledNs) {}

    /** Of all levels. */
    public long throttledNs() {
        return levels.stream().mapToLong(Level::throttledNs).sum();
    }

    /** What was given to no call. */
    public long unattributedNs() {
        return throttledNs() - attributedNs;
    }
}
