package io.vperf.record;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.WallClock;
import io.vperf.explain.Explainer;
import io.vperf.explain.Explanation;
import io.vperf.explain.SlowRule;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.platform.KernelKind;
import io.vperf.steal.StealCounters;
import io.vperf.steal.StealJudge;
import io.vperf.steal.StealSampler;
import io.vperf.steal.VcpuSteal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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
    private final CpuClock cpuClock;
    private final Health health;
    private final ThreadRegistry threads;
    private final List<String> counterNames;
    private final DeferredCalls deferred;
    private final Completions completions;
    private final CallRecorder recorder;
    private final ProbeHandler handler;
    private final @Nullable BudgetKeeper keeper;
    private final RehearsalWaits rehearsalWaits = new RehearsalWaits();

    /** Why the running interval has no corrected times. Set by any thread, taken by the dumper's. */
    private final AtomicReference<@Nullable Taint> taint = new AtomicReference<>();

    // The dumper's own.
    private long intervalStartMs;
    private long intervalStartNs;
    private boolean stealKnown;
    private boolean cpuIncludesSteal;
    private int unseenBefore;

    /** Whether calls were left out of the running interval. Set by any thread, after the recorder has been told. */
    private volatile boolean suspendedInInterval;

    /** Null where nobody asked for it. */
    private @Nullable Explaining explaining;

    /** An object for each, so that two with the same reason can be told apart. */
    private static final class Taint {

        final String reason;

        Taint(String reason) {
            this.reason = reason;
        }
    }

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
        this(methods, new CallSources(wallClock, cpuClock), health, shortNs, deferredCapacity, nowMs, null);
    }

    /**
     * As above, with counters, and a limit on what measuring may cost.
     *
     * @param budget null: every call is measured
     */
    public Recording(
            MethodTable methods,
            CallSources sources,
            Health health,
            long shortNs,
            int deferredCapacity,
            long nowMs,
            @Nullable Budget budget) {
        CallSampling sampling = budget == null ? null : new CallSampling(budget.seed());
        this.methods = methods;
        this.wallClock = sources.wall();
        this.cpuClock = sources.cpu();
        this.health = health;
        this.counterNames = sources.counters().names();
        this.threads = new ThreadRegistry(methods, sources.cpu(), sources.counters(), sampling);
        this.deferred = new DeferredCalls(methods, health, deferredCapacity, PATIENCE_NS);
        this.completions = new Completions(
                methods,
                wallClock,
                health,
                CompletionCapacity.of(Runtime.getRuntime().maxMemory()));
        this.recorder = new CallRecorder(
                wallClock,
                health,
                threads,
                new FinishedCalls(health, threads, deferred),
                new EndedConstructors(methods),
                new Regions(methods, health),
                completions,
                shortNs);
        this.handler = sampling == null ? recorder : new SamplingRecorder(recorder, wallClock, rehearsalWaits);
        this.keeper = sampling == null || budget == null
                ? null
                : new BudgetKeeper(budget, sampling, methods, wallClock.nowNs());
        this.intervalStartMs = nowMs;
        this.intervalStartNs = wallClock.nowNs();
    }

    public ProbeHandler probeHandler() {
        return handler;
    }

    /**
     * Has long calls explained from now on, whether or not they can be corrected. Called before the first interval.
     *
     * @param nowMs milliseconds since the epoch, just read
     */
    public void explain(Explainer explainer, SlowRule slow, long nowMs) {
        long nowNs = wallClock.nowNs(); // before classes are loaded, or calls would seem to begin that much earlier
        Explaining by = new Explaining(explainer, slow, methods, counterNames, health, nowMs, nowNs);
        explaining = by;
        deferred.settled().explain(by);
        methods.slice();
    }

    /**
     * The JDK tells the probe of every mount from now on, so the CPU time of virtual threads can be told.
     *
     * @param access to what is under a virtual thread
     */
    public void followVirtualThreads(CarrierAccess access) {
        VirtualThreads virtuals = new VirtualThreads(wallClock, health, threads, access);
        threads.follow(virtuals);
        virtuals.mountsSeenFrom(nextThreadId());
    }

    /** That of a thread that never starts. Numbers grow. */
    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static long nextThreadId() {
        return new Thread(() -> {}).getId();
    }

    /** Enters what can be corrected, and forgets threads that have ended. */
    @Override
    public boolean settle(StealJudge judge, boolean last) {
        cpuClock.lookAfter();
        boolean anything = deferred.settle(judge, wallClock.nowNs(), last);
        threads.sweep(deferred::threadEnded);
        if (explaining != null && explaining.slices().isOver(wallClock.nowNs())) {
            endSlice(explaining, judge);
        }
        return anything;
    }

    @Override
    public void intervalEnds(StealJudge judge) {
        if (explaining != null) {
            endSlice(explaining, judge);
            endSlice(explaining, judge); // which decides the one that has just ended
        }
    }

    private void endSlice(Explaining by, StealJudge judge) {
        threads.foldAll();
        methods.sliceEnds(by.slices().end(judge, by.explainer(), wallClock.nowNs()));
    }

    @Override
    public void kindRevised(String reason) {
        taintInterval(reason);
    }

    @Override
    public void awaitCall(long atMostNs) {
        deferred.awaitOffer(atMostNs);
    }

    /** Gives back what the calling thread holds. It must have no call in progress, and make no more. */
    void forgetCallingThread() {
        threads.forgetCallingThread();
    }

    /** After the run's end: which virtual threads are inside measured calls, of which no more are begun. */
    public List<Thread> refuseVirtualThreads() {
        return threads.refuseVirtual();
    }

    /** Gives back what the application's threads hold, see {@link ThreadRegistry#abandon}. The last thing to be called. */
    public void abandon(Set<Thread> inProbes) {
        threads.abandon(inProbes);
    }

    @Override
    public boolean isWaiting() {
        return !deferred.isEmpty();
    }

    /** Begins to correct, or stops; takes effect for the interval that begins now. Called before the first interval too. */
    public void setStealKnown(boolean known) {
        stealKnown = known;
        recorder.setDeferring(known || explaining != null);
        deferred.settled().setCorrecting(known);
    }

    /** Whether CPU times hold steal; takes effect for the interval that begins now. Called before the first interval too. */
    public void setKernelKind(KernelKind kind) {
        cpuIncludesSteal = kind == KernelKind.INCLUDES;
        deferred.settled().setCpuIncludesSteal(cpuIncludesSteal);
        if (explaining != null) {
            explaining.setKernelKind(kind);
        }
    }

    /**
     * What corrections of the running interval rest on was found wrong: it has none. The next one is as usual, unless this one
     * is ending right now: nobody can tell then which of the two a call has entered. May be called by any thread.
     *
     * @param reason for the reader of a dump
     */
    public void taintInterval(String reason) {
        taint.set(new Taint(reason));
    }

    /**
     * Has no call recorded that begins from now on, or undoes that. The intervals that any of this falls into are marked. May be called
     * by any thread, by one at a time.
     */
    public void suspend(boolean on) {
        recorder.suspend(on);
        suspendedInInterval = true;
    }

    public boolean isSuspended() {
        return recorder.isSuspended();
    }

    /** Sees to it that measuring keeps within its budget. Called by the thread that ends the intervals, every so often within one. */
    public void keepBudget() {
        if (keeper == null) {
            return;
        }
        threads.foldAll();
        long[] calls = new long[methods.size()];
        for (int id = 0; id < calls.length; id++) {
            MethodStats stats = methods.get(id);
            stats.lock.lock();
            try {
                calls[id] = stats.calls();
            } finally {
                stats.lock.held = false;
                stats.lock.wake();
            }
        }
        keeper.watch(calls, wallClock.nowNs());
    }

    /** Whether {@link #keepBudget} does anything. */
    public boolean hasBudget() {
        return keeper != null;
    }

    /**
     * Ends the interval and begins the next.
     *
     * @param nowMs milliseconds since the epoch, just read
     * @param vcpus steal per vCPU so far, or null where unknown
     */
    public IntervalSnapshot take(long nowMs, @Nullable List<VcpuSteal> vcpus, StealCounters counters) {
        Taint taintBefore = taint.get();
        boolean suspended = suspendedInInterval;
        suspendedInInterval = recorder.isSuspended();
        long nowNs = wallClock.nowNs();
        threads.foldAll();
        InFlight inFlight = threads.inFlight(wallClock.nowNs());
        double waitsShare = rehearsalWaits.takeShare();
        List<MethodInterval> taken = new ArrayList<>();
        int size = methods.size();
        long[] calls = new long[size];
        for (int id = 0; id < size; id++) {
            MethodStats stats = methods.get(id);
            TakenMethod method;
            Explanation explanation;
            stats.lock.lock();
            try {
                if (!stats.hasCalls() && inFlight.count(id) == 0) {
                    continue;
                }
                explanation = stats.spent().take(stealKnown || isCpuWithoutSteal(), isCpuWithoutSteal());
                method = stats.take(inFlight.count(id), inFlight.oldestNs(id), waitsShare, counterNames);
            } finally {
                stats.lock.held = false;
                stats.lock.wake();
            }
            if (explaining != null && method.raw().wallNs() != null) {
                method = method.with(explanation.with(stealKnown ? method.quiet() : null));
            }
            calls[id] = method.raw().calls();
            // Outside of the method's lock: the sampler holds its own while it waits for that one.
            taken.add(
                    stealKnown && taintBefore == null
                            ? method.corrected(counters, cpuIncludesSteal, intervalStartNs)
                            : method.raw());
        }
        Taint tainted = taint.get();
        if (tainted != null) {
            health.count(Trouble.INTERVALS_TAINTED);
            taken.replaceAll(m -> m.withoutSteal(isCpuWithoutSteal()));
            taint.compareAndSet(taintBefore, null); // one that came meanwhile stays for the next interval
        }
        completions.take(taken);
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
        Long mostStolenNs = vcpus == null ? null : Long.valueOf(counters.mostStolenSinceNs(Long.MIN_VALUE));
        IntervalSnapshot snapshot = new IntervalSnapshot(
                        intervalStartMs,
                        nowMs,
                        taken,
                        vcpus,
                        mostStolenNs,
                        tainted == null ? null : tainted.reason,
                        counts,
                        null,
                        null,
                        List.of(),
                        null)
                .with(jvm())
                .with(suspended);
        intervalStartMs = nowMs;
        intervalStartNs = nowNs;
        if (explaining != null) {
            explaining.intervalBegins(nowMs, nowNs);
        }
        return snapshot;
    }

    private JvmInterval jvm() {
        Explaining by = explaining;
        return by == null ? JvmInterval.NONE : by.takeJvm(stealKnown);
    }

    private boolean isCpuWithoutSteal() {
        return explaining != null && explaining.excludesSteal();
    }
}
