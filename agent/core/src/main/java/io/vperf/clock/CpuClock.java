package io.vperf.clock;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import org.jspecify.annotations.Nullable;

/** The source of thread CPU time of a run. Gives each native thread a clock of its own; any thread may ask for one. */
public final class CpuClock {

    private final String name;
    private final WallClock wall;
    private final VcpuClock vcpus;
    private final CpuTime.@Nullable Source time;
    private final SwitchSign.@Nullable Source signs;
    private final @Nullable WaitSources waits;
    private final Limits limits;
    private final Health health;
    private final GapLedger ledger;
    private final JvmBlocks blocks = new JvmBlocks();
    private volatile boolean explaining;

    /**
     * How long what holds, in nanoseconds.
     *
     * @param callNs what a reading of the kernel's CPU time costs
     * @param gapNs two readings further apart than this may have stolen time between them that matters
     * @param quietNs a reading of the kernel's CPU time that takes longer was disturbed
     * @param ageNs for how long an offset is used
     */
    record Limits(long callNs, long gapNs, long quietNs, long ageNs) {

        /** T of docs/measurement.md: asking the kernel again costs 1 % of the time that passed, at most. */
        private static final int GAP_PER_CALL = 100;

        private static final int QUIET_PER_CALL = 3;

        /** Reading schedstat costs as much as the CPU time, and is asked for besides it: 1 % of the time that passed, at most. */
        private static final int ASK_PER_CALL = 200;

        private static final long AGE_NS = 1_000_000;

        static Limits of(long callNs) {
            return new Limits(callNs, callNs * GAP_PER_CALL, callNs * QUIET_PER_CALL, AGE_NS);
        }

        /** The least time between two questions what a thread was off its CPU for. */
        long askNs() {
            return callNs * ASK_PER_CALL;
        }
    }

    CpuClock(
            String name,
            WallClock wall,
            VcpuClock vcpus,
            CpuTime.@Nullable Source time,
            SwitchSign.@Nullable Source signs,
            @Nullable WaitSources waits,
            Limits limits,
            Health health) {
        this.name = name;
        this.wall = wall;
        this.vcpus = vcpus;
        this.time = time;
        this.signs = signs;
        this.waits = waits;
        this.limits = limits;
        this.health = health;
        this.ledger = waits == null ? new GapLedger() : new GapLedger(waits::lookAfter);
    }

    /** From now on threads are given clocks that ask what they were off their CPUs for. */
    public void explain() {
        explaining = true;
    }

    /** To be called every so often by a thread of vperf's own: it does what would hold up others. */
    public void lookAfter() {
        if (explaining) {
            blocks.lookAfter();
        }
    }

    /** Where run delay comes from, or why it is not known here. */
    public Capability<String> runDelay() {
        if (time == null || waits == null) {
            return Capability.unavailable(
                    time == null ? "CPU time is unknown" : "without native code nobody asks the kernel", "");
        }
        return waits.check();
    }

    /** Where the time comes from that threads are blocked for, or why it is not known, as of now. */
    public Capability<String> blockTimes() {
        return blocks.state();
    }

    /** The run is about to end: nothing is begun any more. */
    public void ends() {
        blocks.ends();
    }

    /** Leaves the JVM as it was. */
    public void close() {
        blocks.close();
        if (waits != null) {
            waits.close();
        }
    }

    /** For a virtual thread, whose CPU time is that of the carriers it runs on: unknown. */
    public ThreadClock forVirtualThread() {
        return new ThreadClock(wall, vcpus, null, null, limits, ledger, ThreadWaits.UNKNOWN, OffCpuTimes.NONE);
    }

    /** Whether the kernel is asked only when a thread was switched out, and now and then. */
    public boolean isWithoutSystemCall() {
        return signs != null;
    }

    /** Short name for the run header. */
    public String name() {
        return name;
    }

    /** For the calling native thread alone. */
    public ThreadClock forThisThread() {
        SwitchSign sign = null;
        if (signs != null) {
            if (signs.forThisThread() instanceof Capability.Available<SwitchSign> found) {
                sign = found.value();
            } else {
                health.count(Trouble.CLOCK_DEGRADED);
            }
        }
        if (time == null) {
            return new ThreadClock(wall, vcpus, null, sign, limits, ledger, ThreadWaits.UNKNOWN, OffCpuTimes.NONE);
        }
        OwnCounters counters = new OwnCounters(waits);
        return new ThreadClock(
                wall,
                vcpus,
                time.forThisThread(),
                sign,
                limits,
                ledger,
                new ThreadWaits(waits, counters, wall, limits.quietNs),
                explaining ? new OffCpuTimes(counters, blocks.forThisThread(), limits.askNs()) : OffCpuTimes.NONE);
    }

    /** What asking the kernel costs, nanoseconds. */
    public long callNs() {
        return limits.callNs;
    }

    /** What the kernel's own counters are held against; nothing to do where every reading asks the kernel. */
    public GapLedger ledger() {
        return ledger;
    }
}
