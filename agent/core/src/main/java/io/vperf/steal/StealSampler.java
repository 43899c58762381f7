package io.vperf.steal;

import io.vperf.clock.GapLedger;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.linux.CpuColumn;
import io.vperf.linux.CpuTicks;
import io.vperf.linux.ProcStat;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.platform.StealSource;
import io.vperf.shim.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the steal counters periodically (see {@link Pace}) and has the calls settled that they tell about. One daemon
 * thread; the thread that ends the JVM takes the last samples itself.
 */
public final class StealSampler implements Runnable, StealCounters {

    /** Called after each good sample, with this object's monitor held. */
    public interface Settler {

        /**
         * Settles what can be settled by now.
         *
         * @param last no further sample will come
         * @return whether there was anything to settle, or is
         */
        boolean settle(StealJudge judge, boolean last);

        /** Whether anything waits for a sample. */
        boolean isWaiting();

        /**
         * Sleeps until a call waits for a sample, or for so long; may return early. Without the monitor.
         *
         * @param atMostNs longer than the period
         */
        void awaitCall(long atMostNs);

        /**
         * Calls have shown that the kernel is of another kind than was taken for granted so far.
         *
         * @param reason for people
         */
        void kindRevised(String reason);
    }

    /** Where most readings are late the next will be, too. */
    private static final int MOST_REPEATS = 3;

    /** At the end calls get this many samples more, each a little longer than a tick after the one before. */
    private static final int LAST_SAMPLES = 4;

    private static final long LAST_PERIOD_NS = VcpuTimeline.TICK_NS * 12 / 10;

    /** For so long after steal was seen threads look out for it. */
    private static final long STEAL_LINGERS_NS = 5_000_000_000L;

    private final ProcStat stat;
    private final WallClock clock;
    private final Health health;
    private final Log log;
    private final long periodNs;
    private final Pace pace;
    private final ReadingCost cost = new ReadingCost();
    private final GapLedger gaps;
    private final Settler settler;
    private final CpuTicks ticks = new CpuTicks();
    private final Timelines timelines;
    private final Attribution attribution;
    private volatile StealSource source;
    private boolean finished;
    private int limit;
    private int repeats;
    private long firstNs;
    private long lastNs;
    private long stealTicks;
    private long lastStealNs;

    /** Whether any vCPU's steal has changed since the last step. */
    private boolean stealSeen;

    /**
     * Prepares a sampler; {@link #start()} begins.
     *
     * @param source whether the steal column can be believed, as known at the start
     * @param kind the kernel's, as known at the start
     * @param interrupts whether they are in CPU time
     * @param readingCostNs by how much a call's CPU time may exceed its wall time
     * @param gaps what the CPU clock took for steal, to be held against what is counted
     */
    public StealSampler(
            ProcStat stat,
            StealSource source,
            KernelKind kind,
            InterruptTime interrupts,
            WallClock clock,
            Health health,
            Log log,
            long periodNs,
            long readingCostNs,
            GapLedger gaps,
            Settler settler) {
        this.stat = stat;
        this.source = source;
        this.clock = clock;
        this.health = health;
        this.log = log;
        this.periodNs = periodNs;
        this.pace = new Pace(periodNs);
        this.gaps = gaps;
        this.settler = settler;
        this.timelines = new Timelines(health);
        this.attribution = new Attribution(timelines, kind, readingCostNs, interrupts, new Limits(health));
    }

    /** Takes the first sample, so that no call is older than the timelines, and goes on in the background. */
    public void start() {
        begin();
        Thread thread = new Thread(this, "vperf-sampler");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** Takes the first sample. Whoever calls this instead of {@link #start()} calls {@link #step()} after each pause. */
    void begin() {
        firstNs = clock.nowNs();
        lastNs = firstNs;
        sample();
        stealSeen = false; // what it showed is from before
        lastStealNs = firstNs - STEAL_LINGERS_NS;
        gaps.setStealAbout(false);
    }

    @Override
    public void run() {
        do {
            if (pace.isStretched()) {
                settler.awaitCall(pace.pauseNs());
            } else {
                LockSupport.parkNanos(this, pace.pauseNs());
            }
            if (Thread.interrupted()) {
                return; // nobody but a debugger interrupts this thread
            }
        } while (step());
    }

    /** Takes a sample and has settled what it tells about; false when this has come to its end. */
    synchronized boolean step() {
        boolean again = !finished;
        while (again) {
            again = !attempt();
        }
        return !finished;
    }

    /** As {@link #step()}, with one reading; false if another ought to follow at once. */
    synchronized boolean attempt() {
        try {
            clock.discipline();
            if (!readOnce()) {
                return false;
            }
            boolean settled = settler.settle(attribution, false);
            reviseKind();
            pace.sampled(settled, stealSeen, clock.nowNs(), cost.usualNs());
            stealSeen = false;
        } catch (Throwable t) {
            health.suppress("in the steal sampler", t);
        }
        return true;
    }

    private void reviseKind() {
        KernelKind before = attribution.kind();
        if (attribution.reviseKind()) {
            String reason = "CPU time " + attribution.kind().name().toLowerCase(Locale.ROOT) + " steal on this kernel, "
                    + (before == KernelKind.UNKNOWN ? "which was not known" : "other than its configuration says")
                    + ": "
                    + attribution.evidence();
            log.info(reason);
            settler.kindRevised(reason);
        }
    }

    /** Tells how long to pause; a stretched pause ends at the first call that waits. */
    Pace pace() {
        return pace;
    }

    Timelines timelines() {
        return timelines;
    }

    /** Settles everything that waits; with a few more samples if those are needed, tens of milliseconds in all. */
    public synchronized void finish() {
        if (finished) {
            return;
        }
        finished = true;
        try {
            catchUp();
            for (int i = 0; i < LAST_SAMPLES && settler.isWaiting(); i++) {
                TimeUnit.NANOSECONDS.sleep(i == 0 ? 0 : LAST_PERIOD_NS);
                sample();
                settler.settle(attribution, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            settler.settle(attribution, true);
            stat.close();
        }
    }

    /** Whether the steal column can be believed by now; once it can, it always can. */
    public boolean isStealKnown() {
        return source.source() instanceof Capability.Available;
    }

    /** What is known of the source by now. */
    public StealSource source() {
        return source;
    }

    /** Steal per vCPU since the start, until a period ago at most. */
    public synchronized List<VcpuSteal> totals() {
        refresh();
        List<VcpuSteal> totals = new ArrayList<>();
        for (int vcpu = 0; vcpu < limit; vcpu++) {
            VcpuTimeline timeline = timelines.of(vcpu);
            if (timeline != null) {
                totals.add(new VcpuSteal(
                        vcpu,
                        lastNs - firstNs,
                        timeline.totalStolenNs(),
                        timeline.totalAttributedNs(),
                        timeline.onCreditNs()));
            }
        }
        return totals;
    }

    /**
     * What was seen since this was last asked.
     *
     * @param nowMs since the epoch
     */
    public synchronized StealHiccups takeHiccups(long nowMs) {
        refresh();
        return timelines.takeHiccups(clock.nowNs(), nowMs);
    }

    @Override
    public synchronized long mostStolenSinceNs(long fromNs) {
        long sumNs = 0;
        for (int vcpu = 0; vcpu < limit; vcpu++) {
            VcpuTimeline timeline = timelines.of(vcpu);
            sumNs += timeline == null ? 0 : timeline.mostStolenSinceNs(fromNs);
        }
        return sumNs;
    }

    /** Asks the counters once more, as the end of a call that was not held back for them may be newer than the last sample. */
    @Override
    public synchronized boolean noneStolenSince(long fromNs) {
        if (!finished && clock.nowNs() - lastNs > VcpuTimeline.TICK_NS) {
            sample();
            if (clock.nowNs() - lastNs > periodNs) {
                return false; // they cannot be read
            }
        }
        for (int vcpu = 0; vcpu < limit; vcpu++) {
            VcpuTimeline timeline = timelines.of(vcpu);
            if (timeline != null && !timeline.noneStolenSince(fromNs)) {
                return false;
            }
        }
        return true;
    }

    /** Whether CPU times hold the steal, as known by now. */
    public KernelKind kernelKind() {
        return attribution.kind();
    }

    private void refresh() {
        if (!finished) { // after the last sample nothing can be read any more
            catchUp();
        }
    }

    /** Makes up for what a stretched period has left out. */
    private void catchUp() {
        if (clock.nowNs() - lastNs > periodNs) {
            sample();
        }
    }

    /** Reads until it was done in time, or often enough; makes the best of it. */
    private void sample() {
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
    private boolean readOnce() {
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
        if (!sound) {
            String why = good ? "the clock ran backwards while it was read" : ticks.failure();
            health.count(Trouble.SAMPLES_FAILED);
            log.once("steal sample", "no steal sample: " + why + " (counted from now on, not repeated)");
        } else if (ticks.stealKnown()) {
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
