package io.vperf.steal;

import io.vperf.clock.GapLedger;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Log;
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

        /** An interval is about to be taken. With the monitor held. */
        default void intervalEnds(StealJudge judge) {}

        /**
         * Calls have shown that the kernel is of another kind than was taken for granted so far.
         *
         * @param reason for people
         */
        void kindRevised(String reason);
    }

    /** At the end calls get this many samples more, each a little longer than a tick after the one before. */
    private static final int LAST_SAMPLES = 4;

    private static final long LAST_PERIOD_NS = VcpuTimeline.TICK_NS * 12 / 10;

    private final WallClock clock;
    private final Health health;
    private final Log log;
    private final long periodNs;
    private final Pace pace;
    private final Settler settler;
    private final Timelines timelines;
    private final CounterReadings readings;
    private final Attribution attribution;
    private final Thread thread = new Thread(this, "vperf-sampler");
    private boolean finished;
    private long firstNs;

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
        this.clock = clock;
        this.health = health;
        this.log = log;
        this.periodNs = periodNs;
        this.pace = new Pace(periodNs);
        this.settler = settler;
        this.timelines = new Timelines(health);
        this.readings = new CounterReadings(stat, source, clock, health, log, gaps, timelines);
        this.attribution = new Attribution(timelines, kind, readingCostNs, interrupts, new Limits(health));
    }

    /** Takes the first sample, so that no call is older than the timelines, and goes on in the background. */
    public void start() {
        begin();
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** Takes the first sample. Whoever calls this instead of {@link #start()} calls {@link #step()} after each pause. */
    void begin() {
        firstNs = clock.nowNs();
        readings.begin(firstNs);
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
                return; // by finish()
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
            if (!readings.readOnce()) {
                return false;
            }
            boolean settled = settler.settle(attribution, false);
            reviseKind();
            pace.sampled(settled, readings.takeStealSeen(), clock.nowNs(), readings.usualCostNs());
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
                readings.sample();
                settler.settle(attribution, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            settler.settle(attribution, true);
            readings.close();
            thread.interrupt();
        }
    }

    /** To be called before an interval is taken: what the counters show by now is used for it. */
    public synchronized void intervalEnds() {
        refresh();
        settler.intervalEnds(attribution);
    }

    /** Whether the steal column can be believed by now; once it can, it always can. */
    public boolean isStealKnown() {
        return readings.source().source() instanceof Capability.Available;
    }

    /** What is known of the source by now. */
    public StealSource source() {
        return readings.source();
    }

    /** Steal per vCPU since the start, until a period ago at most. */
    public synchronized List<VcpuSteal> totals() {
        refresh();
        List<VcpuSteal> totals = new ArrayList<>();
        for (int vcpu = 0; vcpu < readings.limit(); vcpu++) {
            VcpuTimeline timeline = timelines.of(vcpu);
            if (timeline != null) {
                totals.add(new VcpuSteal(
                        vcpu,
                        readings.lastNs() - firstNs,
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
        for (int vcpu = 0; vcpu < readings.limit(); vcpu++) {
            VcpuTimeline timeline = timelines.of(vcpu);
            sumNs += timeline == null ? 0 : timeline.mostStolenSinceNs(fromNs);
        }
        return readings.haveFailed() ? sumNs + unreadNs() * Math.max(1, readings.limit()) : sumNs;
    }

    /** For how long the counters have not been read. */
    private long unreadNs() {
        return Math.max(0, clock.nowNs() - readings.lastNs());
    }

    /** What was counted as stolen from all vCPUs together in the last so many nanoseconds, up to now. */
    public synchronized long stolenLatelyNs(long lastNs) {
        sampleIfOld();
        return timelines.stolenSinceNs(clock.nowNs() - lastNs);
    }

    /** Asks the counters once more, as the end of a call that was not held back for them may be newer than the last sample. */
    @Override
    public synchronized boolean noneStolenSince(long fromNs) {
        sampleIfOld();
        if (readings.haveFailed()) {
            return false;
        }
        for (int vcpu = 0; vcpu < readings.limit(); vcpu++) {
            VcpuTimeline timeline = timelines.of(vcpu);
            if (timeline != null && !timeline.noneStolenSince(fromNs)) {
                return false;
            }
        }
        return true;
    }

    private void sampleIfOld() {
        if (!finished && clock.nowNs() - readings.lastNs() > VcpuTimeline.TICK_NS) {
            readings.sample();
        }
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
        if (clock.nowNs() - readings.lastNs() > periodNs) {
            readings.sample();
        }
    }
}
