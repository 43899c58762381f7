package io.vperf.record;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.ThreadClock;
import io.vperf.clock.WallClock;
import io.vperf.counters.CallCounters.ThreadReader;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What a probe does: takes the readings and keeps the thread's frames. Called on application threads; allocates only for
 * a thread's first measured call and for a stack of measured calls deeper than ever before on that thread.
 *
 * <p>Order of readings: wall time last at entry and first at exit, unless the thread was held up after it. CPU time is that
 * of the same moments. Where a thread has counters one native call reads them and the wall time.
 */
public final class CallRecorder implements ProbeHandler {

    private final WallClock wallClock;
    private final Health health;
    private final ThreadRegistry threads;
    private final FinishedCalls finished;
    private final EndedConstructors constructors;
    private final Regions regions;
    private final Completions completions;
    private final long shortNs;
    private final ThreadLocal<ThreadFrames> current;

    /**
     * Calls this long are deferred for correction, if there is anything to correct. Set by the dumper between intervals; a
     * probe that still sees the old value enters a call uncorrected at most.
     */
    private volatile long deferFromNs = Long.MAX_VALUE;

    /** Whether no call is to be begun. */
    private volatile boolean suspended;

    CallRecorder(
            WallClock wallClock,
            Health health,
            ThreadRegistry threads,
            FinishedCalls finished,
            EndedConstructors constructors,
            Regions regions,
            Completions completions,
            long shortNs) {
        this.wallClock = wallClock;
        this.health = health;
        this.threads = threads;
        this.finished = finished;
        this.constructors = constructors;
        this.regions = regions;
        this.completions = completions;
        this.shortNs = shortNs;
        this.current = ThreadLocal.withInitial(threads::create);
    }

    /** Whether long calls are deferred. */
    void setDeferring(boolean on) {
        deferFromNs = on ? shortNs : Long.MAX_VALUE;
    }

    /** Whether calls that begin from now on are recorded; those in progress are, to their ends. */
    void suspend(boolean on) {
        suspended = on;
    }

    boolean isSuspended() {
        return suspended;
    }

    @Override
    public @Nullable Object enter(int methodId) {
        return enter(current.get(), methodId, 0);
    }

    @Override
    public @Nullable Object enterConstructor(int methodId) {
        return enter(current.get(), methodId, CallWords.PROVISIONAL);
    }

    @Override
    public void constructed(@Nullable Object frame) {
        Frame f = (Frame) frame;
        if (f != null && isOpen(f)) {
            f.thread.confirm(f);
        }
    }

    /** The calling thread's. */
    ThreadFrames frames() {
        return current.get();
    }

    @Nullable
    Frame enter(ThreadFrames t, int methodId, long flags) {
        if (suspended) {
            return null;
        }
        return t.isReady() ? begin(t, methodId, flags) : enterSpecially(t, methodId, flags);
    }

    private Frame begin(ThreadFrames t, int methodId, long flags) {
        ThreadClock clock = t.clock;
        long entryNs = wallClock.nowNs();
        if (!clock.isCurrent(entryNs)) {
            renew(t, entryNs);
            entryNs = clock.renewedNs();
        }
        return t.push(CallWords.word(methodId, clock.vcpu(), flags), clock.offsetNs(), entryNs);
    }

    private Frame beginCounted(ThreadFrames t, int methodId, long flags) {
        ThreadReader counters = t.counters;
        if (counters == null) {
            return begin(t, methodId, flags);
        }
        ThreadClock clock = t.clock;
        long[] reading = t.at(t.depth()).counters; // of the frame that the call is going to have
        long entryNs = counters.readAtEntry(reading);
        if (!clock.isCurrent(entryNs)) {
            renew(t, entryNs);
            entryNs = counters.readAtEntry(reading); // so that what the renewal counts is not the call's
            if (!clock.isCurrent(entryNs)) {
                entryNs = clock.renewedNs();
            }
        }
        return t.push(CallWords.word(methodId, clock.vcpu(), flags), clock.offsetNs(), entryNs);
    }

    private @Nullable Frame enterSpecially(ThreadFrames t, int methodId, long flags) {
        if (t.inProbe) {
            // Another agent's code, called by the JVM for a class the probe needs. Nothing here can be begun twice.
            health.count(Trouble.INSIDE_PROBE);
            return null;
        }
        t.inProbe = true;
        Frame begun = null;
        try {
            dropLeftOpen(t);
            if (t.isTopProvisional()) {
                constructors.dropEnded(t, methodId);
            }
            if (!t.hasRoom()) {
                health.count(Trouble.TOO_DEEP);
                return null;
            }
            if (t.virtual && t.depth() == 0 && !threads.virtualEnters(t)) {
                return null;
            }
            long kind = t.counted ? flags | CallWords.COUNTED : flags;
            if (t.account != null) {
                begun = beginVirtual(t, t.account, methodId, kind);
            } else {
                begun = t.counted ? beginCounted(t, methodId, kind) : begin(t, methodId, kind);
            }
            t.updateReady();
            return begun;
        } catch (Throwable e) {
            if (begun != null) {
                t.leftOpen = begun; // nobody has been told of it
            }
            t.ready = 0;
            throw e;
        } finally {
            t.inProbe = false;
        }
    }

    private Frame beginVirtual(ThreadFrames t, VirtualAccount account, int methodId, long flags) {
        VirtualThreads virtuals = Objects.requireNonNull(threads.virtuals());
        if (t.depth() == 0) {
            virtuals.enter(t, account, threadId(Thread.currentThread()));
        }
        return virtuals.begin(t, account, methodId, flags);
    }

    @SuppressWarnings("deprecation") // threadId(), since JDK 19, answers the same for a virtual thread
    private static long threadId(Thread virtual) {
        return virtual.getId();
    }

    @Override
    public void mounting(Thread virtual) {
        VirtualThreads virtuals = threads.virtuals();
        if (virtuals != null) {
            virtuals.mounting(virtual);
        }
    }

    @Override
    public void unmounted(Thread virtual) {
        VirtualThreads virtuals = threads.virtuals();
        if (virtuals != null) {
            virtuals.unmounted(virtual);
        }
    }

    private void dropLeftOpen(ThreadFrames t) {
        Frame ended = t.leftOpen;
        if (ended != null) {
            dropTo(t, ended.depth);
            t.leftOpen = null;
        }
    }

    /** Drops frames whose exits were not seen, or not to their end, as when the stack overflowed in the probe. */
    private void dropTo(ThreadFrames t, int depth) {
        while (t.depth() > depth) {
            threads.lost(t.drop());
        }
    }

    private void renew(ThreadFrames t, long readingNs) {
        boolean before = t.inProbe;
        t.inProbe = true;
        try {
            t.clock.renew();
            WaitsBefore.keep(t);
            int clamped = t.reviseCpu(readingNs);
            if (clamped > 0) {
                health.count(Trouble.CPU_REVISED, clamped);
            }
        } finally {
            t.inProbe = before;
        }
    }

    @Override
    public void exit(@Nullable Object frame, @Nullable Throwable thrown) {
        if (frame == null) {
            return;
        }
        Frame f = (Frame) frame;
        try {
            end(f, f.is(CallWords.COUNTED) ? countedExitNs(f) : wallClock.nowNs(), thrown != null);
        } catch (Throwable e) {
            f.thread.leftOpen = f;
            f.thread.ready = 0;
            throw e;
        }
    }

    @Override
    public void exitWithStage(@Nullable Object frame, @Nullable Object returned) {
        completions.exitWithStage(this, frame, returned);
    }

    @Override
    public void exitWithoutStage(@Nullable Object frame, Throwable thrown) {
        completions.exitWithoutStage(this, frame, thrown);
    }

    @Override
    public Flow.@Nullable Publisher<?> exitWithPublisher(@Nullable Object frame, Flow.@Nullable Publisher<?> returned) {
        return completions.exitWithPublisher(this, frame, returned);
    }

    /** Wall time at the end of a call, whose counters are read with it. */
    long countedExitNs(Frame f) {
        ThreadReader counters = f.thread.counters;
        return counters == null || !isOpen(f) ? wallClock.nowNs() : counters.readAtExit(f.thread.lastCounters);
    }

    void end(Frame f, long exitNs, boolean thrown) {
        if (thrown || !endPlainly(f, exitNs)) {
            endOtherwise(f, exitNs, thrown);
        }
    }

    /**
     * The usual end, of the topmost call: short, on the CPU all the time or of unknown CPU time at both ends, without measured
     * callees. False, and nothing done, if it is another.
     */
    private boolean endPlainly(Frame f, long exitNs) {
        ThreadFrames t = f.thread;
        ThreadClock clock = t.clock;
        Journal journal = t.journal;
        if (f.depth != t.depth() - 1
                || journal == null
                || journal.isFull()
                || !t.isCalling()
                || !clock.isCurrent(exitNs)) {
            return false;
        }
        long wallNs = exitNs - f.entryNs;
        long offsetNs = clock.offsetNs();
        if (offsetNs != f.cpuOffsetNs
                || (f.callees | f.countedCallees) != 0
                || f.is(CallWords.PROVISIONAL | CallWords.WEIGHT | CallWords.COUNTED)
                || wallNs < 0
                || wallNs >= deferFromNs) {
            return false;
        }
        t.pop(f, wallNs);
        try {
            journal.appendPlain(offsetNs == ThreadClock.UNKNOWN ? f.word | CallWords.CPU_UNKNOWN : f.word, wallNs);
        } catch (Throwable e) {
            Frame caller = f.caller;
            if (caller != null) { // as in endSpecially; this one has no callees
                caller.callees--;
                caller.calleesWallNs -= wallNs;
            }
            throw e;
        }
        return true;
    }

    private void endOtherwise(Frame f, long exitNs, boolean thrown) {
        ThreadFrames t = f.thread;
        if (!isOpen(f)) {
            if (!t.isAbandoned()) { // a call that began before vperf was detached, and attached again
                health.count(Trouble.LOST_FRAMES);
            }
            return;
        }
        boolean before = t.inProbe;
        t.inProbe = true;
        try {
            endSpecially(t, f, exitNs, thrown);
            t.updateReady();
        } finally {
            t.inProbe = before;
        }
    }

    /** Not so after a call further down has ended first, or where somebody moved the frame's method to another thread. */
    static boolean isOpen(Frame f) {
        return f.thread.isCalling() && f.depth < f.thread.depth();
    }

    private void endSpecially(ThreadFrames t, Frame f, long readNs, boolean thrown) {
        ThreadClock clock = t.clock;
        long exitNs = readNs;
        long exitCpuOffsetNs;
        VirtualAccount account = t.account;
        if (account != null) {
            exitNs = Objects.requireNonNull(threads.virtuals()).end(t, account, f, readNs);
            exitCpuOffsetNs = account.endOffsetNs();
        } else if (clock.isCurrent(exitNs)) {
            exitCpuOffsetNs = clock.offsetNs();
        } else {
            renew(t, exitNs);
            if (clock.wasHeldUp()) {
                // Else the call would go without a wait that only the question brought from its midst to its end.
                exitNs = clock.renewedNs();
                exitCpuOffsetNs = clock.offsetNs();
            } else {
                exitCpuOffsetNs = clock.offsetAtReadingNs();
            }
        }
        dropTo(t, f.depth + 1);
        long wallNs = exitNs - f.entryNs;
        t.pop(wallNs);
        try {
            if (t.virtual && f.depth == 0) {
                leave(t);
            }
            if (f.is(CallWords.COUNTED)) {
                finished.addCounts(f);
            }
            finished.add(f, exitNs, exitCpuOffsetNs, thrown, deferFromNs);
            if (t.counters != null) {
                t.counters.leaveOut(t.lastCounters);
            }
        } catch (Throwable e) {
            // Not recorded, so not to be taken out of its caller's time, nor counted there. By stores: the stack is
            // full.
            Frame caller = f.caller;
            if (caller != null) {
                caller.callees += f.callees - 1;
                caller.calleesWallNs += f.calleesWallNs - wallNs;
            }
            throw e;
        }
    }

    /** A virtual thread has state only while it is inside measured calls: there may be millions. */
    private void leave(ThreadFrames t) {
        if (t.account != null) {
            t.account.stop();
        }
        threads.virtualLeaves(t);
        if (t.draw == null) {
            current.remove();
        }
    }

    /** CPU time less wall time at a reading just made, or {@link ThreadClock#UNKNOWN}. */
    private long cpuOffsetAt(ThreadFrames t, long readingNs) {
        if (t.clock.isCurrent(readingNs)) {
            return t.clock.offsetNs();
        }
        renew(t, readingNs);
        return t.clock.offsetAtReadingNs();
    }

    @Override
    public long enterRegion(@Nullable String name) {
        int id = regionId(name);
        return id == MethodTable.FULL ? Probe.NOT_MEASURED : enterRegion(current.get(), id, 0);
    }

    /** The number of a region's name, or {@link MethodTable#FULL}. */
    int regionId(@Nullable String name) {
        return regions.id(name);
    }

    long enterRegion(ThreadFrames t, int id, long flags) {
        return regions.enter(this, t, id, flags);
    }

    @Override
    public void exitRegion(long token) {
        regions.exit(this, current.get(), wallClock.nowNs(), token);
    }

    @Override
    public long virtualNs() {
        ThreadFrames t = current.get();
        if (t.inProbe) {
            return Probe.UNKNOWN; // another agent's code; the clock is being read
        }
        t.inProbe = true;
        try {
            long nowNs = wallClock.nowNs();
            long offsetNs = cpuOffsetAt(t, nowNs);
            return offsetNs == ThreadClock.UNKNOWN ? Probe.UNKNOWN : nowNs + offsetNs;
        } finally {
            t.inProbe = false;
        }
    }

    @Override
    public void suppressed(Throwable error) {
        if (error instanceof StackOverflowError) {
            health.count(Trouble.STACK_FULL); // and no more: there is no room
        } else {
            health.suppress("in a probe", error);
        }
    }
}
