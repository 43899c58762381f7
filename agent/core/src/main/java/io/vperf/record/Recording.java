package io.vperf.record;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.steal.StealJudge;
import io.vperf.steal.StealSampler;
import io.vperf.steal.VcpuSteal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run's recording: hands the probe handler to application threads, long calls to the sampler's thread, and interval
 * snapshots to the dumper's.
 */
public final class Recording implements StealSampler.Settler {

    /** A call waits for two samples after its end; the vCPU may be asleep, and the sampler may be stolen from itself. */
    private static final long PATIENCE_NS = 2_000_000_000L;

    private final MethodTable methods;
    private final WallClock wallClock;
    private final Health health;
    private final ThreadRegistry threads;
    private final DeferredCalls deferred;
    private final CallRecorder recorder;
    private final ProbeHandler handler;
    private final @Nullable BudgetKeeper keeper;

    // The dumper's own.
    private long intervalStartMs;
    private boolean stealKnown;
    private int unseenBefore;

    /**
     * Begins with an interval in which steal is unknown, see {@link #setStealKnown}.
     *
     * @param shortNs calls below this are recorded at once, uncorrected
     * @param deferredCapacity how many long calls may wait for their correction
     * @param nowMs milliseconds since the epoch
     */
    public Recording(
            MethodTable methods,
            WallClock wallClock,
            CpuClock cpuClock,
            Health health,
            long shortNs,
            int deferredCapacity,
            long nowMs) {
        this(methods, wallClock, cpuClock, health, shortNs, deferredCapacity, nowMs, null);
    }

    /**
     * As above, with a limit on what measuring may cost.
     *
     * @param budget null: every call is measured
     */
    public Recording(
            MethodTable methods,
            WallClock wallClock,
            CpuClock cpuClock,
            Health health,
            long shortNs,
            int deferredCapacity,
            long nowMs,
            @Nullable Budget budget) {
        CallSampling sampling = budget == null ? null : new CallSampling(budget.seed());
        this.methods = methods;
        this.wallClock = wallClock;
        this.health = health;
        this.threads = new ThreadRegistry(methods, cpuClock, sampling);
        this.deferred = new DeferredCalls(methods, health, deferredCapacity, PATIENCE_NS);
        this.recorder = new CallRecorder(
                wallClock,
                health,
                threads,
                new FinishedCalls(health, threads, deferred),
                new EndedConstructors(methods),
                new Regions(methods, health),
                shortNs);
        this.handler = sampling == null ? recorder : new SamplingRecorder(recorder, wallClock);
        this.keeper = sampling == null || budget == null
                ? null
                : new BudgetKeeper(budget, sampling, methods, wallClock.nowNs());
        this.intervalStartMs = nowMs;
    }

    public ProbeHandler probeHandler() {
        return handler;
    }

    /** Enters what can be corrected, and forgets threads that have ended. */
    @Override
    public boolean settle(StealJudge judge, boolean last) {
        boolean anything = deferred.settle(judge, wallClock.nowNs(), last);
        threads.sweep(deferred::threadEnded);
        return anything;
    }

    @Override
    public void awaitCall(long atMostNs) {
        deferred.awaitOffer(atMostNs);
    }

    /** Gives back what the calling thread holds. It must have no call in progress, and make no more. */
    void forgetCallingThread() {
        threads.forgetCallingThread();
    }

    @Override
    public boolean isWaiting() {
        return !deferred.isEmpty();
    }

    /** Begins to correct, or stops; takes effect for the interval that begins now. Called before the first interval too. */
    public void setStealKnown(boolean known) {
        stealKnown = known;
        recorder.setCorrecting(known);
    }

    /**
     * Ends the interval and begins the next.
     *
     * @param nowMs milliseconds since the epoch
     * @param vcpus steal per vCPU so far, or null where unknown
     * @param mostStolenSinceNs the most that can have been stolen from all calls together since a wall clock time
     */
    public IntervalSnapshot take(long nowMs, @Nullable List<VcpuSteal> vcpus, LongUnaryOperator mostStolenSinceNs) {
        threads.foldAll();
        InFlight inFlight = threads.inFlight(wallClock.nowNs());
        List<MethodInterval> taken = new ArrayList<>();
        int size = methods.size();
        long[] calls = new long[size];
        for (int id = 0; id < size; id++) {
            MethodStats stats = methods.get(id);
            MethodInterval interval;
            long firstEntryNs;
            synchronized (stats) {
                if (!stats.hasCalls() && inFlight.count(id) == 0) {
                    continue;
                }
                firstEntryNs = stats.firstEntryNs();
                interval = stats.take(stealKnown, inFlight.count(id), inFlight.oldestNs(id));
            }
            calls[id] = interval.calls();
            // Outside of the method's lock: the sampler holds its own while it waits for that one.
            taken.add(
                    firstEntryNs == Long.MAX_VALUE
                            ? interval
                            : interval.boundBy(mostStolenSinceNs.applyAsLong(firstEntryNs)));
        }
        if (keeper != null) {
            keeper.endInterval(calls, wallClock.nowNs());
        }
        int unseen = Probe.unseen();
        health.count(Trouble.STACK_FULL, unseen - unseenBefore);
        unseenBefore = unseen;
        methods.tellLost();
        health.tellLines();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Map.Entry<Trouble, Long> total : health.totals().entrySet()) {
            counts.put(total.getKey().key(), total.getValue());
        }
        IntervalSnapshot snapshot = new IntervalSnapshot(intervalStartMs, nowMs, taken, vcpus, counts);
        intervalStartMs = nowMs;
        return snapshot;
    }
}
