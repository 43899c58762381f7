package io.vperf.sim;

/**
 * How the guest's scheduler behaves.
 *
 * @param sliceNs for how long a thread runs while others wait; looked at in ticks, as by the fair scheduler without HRTICK
 * @param wakeupPreemption whether a thread that wakes up and has run less than the current one goes first
 * @param migrates whether threads leave the vCPU they began on: for an idle one, at wake-up or as that one finds nothing to do
 * @param movesPerSecond of running threads to another vCPU, for each vCPU, besides
 */
public record Scheduling(long sliceNs, boolean wakeupPreemption, boolean migrates, double movesPerSecond) {

    public static final Scheduling USUAL = new Scheduling(3_000_000, true, true, 0);
    public static final Scheduling PINNED = new Scheduling(3_000_000, true, false, 0);

    /** By how much less a thread must have run to go first ({@code sched_wakeup_granularity}). */
    static final long LAG_NS = 1_000_000;

    /** What a sleeper is credited at most ({@code place_entity}). */
    static final long SLEEPER_NS = 3_000_000;

    public Scheduling moving(double perSecond) {
        return new Scheduling(sliceNs, wakeupPreemption, migrates, perSecond);
    }
}
