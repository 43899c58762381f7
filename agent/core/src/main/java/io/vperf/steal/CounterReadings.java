package io.vperf.steal;

import io.vperf.clock.GapLedger;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.linux.CpuColumn;
import io.vperf.linux.CpuTicks;
import io.vperf.linux.ProcStat;
import io.vperf.platform.StealSource;

/** Reads the steal counters into the timelines, and knows how late a reading was. Used by one thread at a time. */
final class CounterReadings {

    /** Where most readings are late the next will be, too. */
    private static final int MOST_REPEATS = 3;

    /** For so long after steal was seen threads look out for it. */
    private static final long STEAL_LINGERS_NS = 5_000_000_000L;

    private final ProcStat stat;
    private final WallClock clock;
    private final Health health;
    private final Log log;
    private final GapLedger gaps;
    private final Timelines timelines;
    private final ReadingCost cost = new ReadingCost();
    private final CpuTicks ticks = new CpuTicks();
    private volatile StealSource source;
    private int limit;
    private int repeats;
    private long lastNs;
    private long stealTicks;
    private long lastStealNs;
    private boolean stealSeen;
    private boolean failed;

    CounterReadings(
            ProcStat stat,
            StealSource source,
            WallClock clock,
            Health health,
            Log log,
            GapLedger gaps,
            Timelines timelines) {
        this.stat = stat;
        this.source = source;
        this.clock = clock;
        this.health = health;
        this.log = log;
        this.gaps = gaps;
        this.timelines = timelines;
    }

    /** Takes the first sample. */
    void begin(long nowNs) {
        lastNs = nowNs;
        sample();
        stealSeen = false; // what it showed is from before
        lastStealNs = nowNs - STEAL_LINGERS_NS;
        gaps.setStealAbout(false);
    }

    /** What is known of the source by now; may be asked by any thread. */
    StealSource source() {
        return source;
    }

    /** One more than the largest number of a vCPU seen so far. */
    int limit() {
        return limit;
    }

    /** When the last good reading began. */
    long lastNs() {
        return lastNs;
    }

    /** Whether the last reading was not good: what came after {@link #lastNs} is unknown. */
    boolean haveFailed() {
        return failed;
    }

    long usualCostNs() {
        return cost.usualNs();
    }

    /** Whether any vCPU's steal has changed since this was last asked. */
    boolean takeStealSeen() {
        boolean seen = stealSeen;
        stealSeen = false;
        return seen;
    }

    void close() {
        stat.close();
    }

    /** Reads until it was done in time, or often enough; makes the best of it. */
    void sample() {
        boolean again = true;
        while (again) {
            again = !readOnce();
        }
    }

    /**
     * Reads clock, counters and clock again, and uses what they show unless the reading took so long that it ought to be
     * repeated at once: the thread can be stolen from and switched out as any other.
     *
     * @return false if it ought to
     */
    boolean readOnce() {
        long beforeNs = clock.nowNs();
        boolean good = stat.sample(ticks);
        long tookNs = clock.nowNs() - beforeNs;
        boolean sound = good && tookNs >= 0;
        if (sound && cost.isLate(tookNs) && repeats < MOST_REPEATS) {
            cost.took(tookNs);
            repeats++;
            return false;
        }
        repeats = 0;
        failed = !sound;
        if (failed && source.mayBeKnown()) { // else it is no loss
            String why = good ? "the clock ran backwards while it was read" : ticks.failure();
            health.count(Trouble.SAMPLES_FAILED);
            log.once("steal sample", "no steal sample: " + why + " (counted from now on, not repeated)");
        } else if (!failed && ticks.stealKnown()) {
            use(beforeNs, beforeNs + tookNs);
            cost.took(Math.max(tookNs, clock.nowNs() - beforeNs));
        }
        return true;
    }

    private void use(long beforeNs, long afterNs) {
        source = source.after(ticks);
        lastNs = beforeNs;
        limit = Math.max(limit, ticks.limit());
        long stealNow = 0;
        for (int vcpu = 0; vcpu < limit; vcpu++) {
            if (ticks.present(vcpu)) {
                long irq = ticks.ticks(vcpu, CpuColumn.IRQ) + ticks.ticks(vcpu, CpuColumn.SOFTIRQ);
                long busy = ticks.ticks(vcpu, CpuColumn.USER)
                        + ticks.ticks(vcpu, CpuColumn.NICE)
                        + ticks.ticks(vcpu, CpuColumn.SYSTEM)
                        + irq;
                long steal = ticks.ticks(vcpu, CpuColumn.STEAL);
                long total = busy + steal + ticks.ticks(vcpu, CpuColumn.IDLE) + ticks.ticks(vcpu, CpuColumn.IOWAIT);
                stealNow += steal;
                timelines.present(vcpu, beforeNs, afterNs, steal, busy, irq, total);
                review(vcpu, steal + irq);
            } else {
                timelines.absent(vcpu);
            }
        }
        if (stealNow != stealTicks) {
            stealSeen = true;
            lastStealNs = lastNs;
        }
        gaps.setStealAbout(lastNs - lastStealNs < STEAL_LINGERS_NS);
        stealTicks = stealNow;
    }

    private void review(int vcpu, long ticksNotRun) {
        if (!gaps.review(vcpu, ticksNotRun * VcpuTimeline.TICK_NS)) {
            health.count(Trouble.CLOCK_REFUTED);
            log.info("the CPU clock is given up for the system call: on vCPU " + vcpu
                    + " threads lost more time than was stolen, so it has not seen some of them block");
        }
    }
}
