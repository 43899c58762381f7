package io.vperf.sim;

/**
 * A cgroup of all threads of the guest, with a CPU quota: what is alike of kernel/sched/fair.c. Each period the pool is filled
 * ({@code __refill_cfs_bandwidth_runtime}); a vCPU takes slices from it ({@code assign_cfs_rq_runtime}) and is throttled when it
 * finds none, until the pool is filled again ({@code unthrottle_cfs_rq}), which is when its throttled time is counted.
 */
public final class Bandwidth {

    /** {@code sched_cfs_bandwidth_slice_us}. */
    private static final long SLICE_NS = 5_000_000;

    final long periodNs;
    private final long quotaNs;
    private long poolNs;
    private long periods;
    private long throttledPeriods;
    private long throttledNs;

    Bandwidth(long quotaNs, long periodNs) {
        this.quotaNs = quotaNs;
        this.periodNs = periodNs;
        poolNs = quotaNs;
    }

    /** A vCPU has run out; false if there is nothing left for it. */
    boolean assign(Vcpu vcpu) {
        if (vcpu.runtimeNs <= 0) {
            long takenNs = Math.min(poolNs, SLICE_NS - vcpu.runtimeNs);
            poolNs -= takenNs;
            vcpu.runtimeNs += takenNs;
        }
        return vcpu.runtimeNs > 0;
    }

    void begin(boolean anyThrottled) {
        poolNs = quotaNs;
        periods++;
        throttledPeriods += anyThrottled ? 1 : 0;
    }

    void count(long ns) {
        throttledNs += ns;
    }

    /** {@code nr_periods}. */
    public long periods() {
        return periods;
    }

    /** {@code nr_throttled}. */
    public long throttledPeriods() {
        return throttledPeriods;
    }

    /** {@code throttled_time}: of each vCPU, up to its last unthrottling. */
    public long throttledNs() {
        return throttledNs;
    }
}
