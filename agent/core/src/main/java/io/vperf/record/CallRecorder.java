package io.vperf.record;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.VcpuClock;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * What a probe does: takes the readings and keeps the thread's frames. Called on application threads; allocates only for
 * a thread's first measured call and for a stack of measured calls deeper than ever before on that thread.
 *
 * <p>Order of readings: wall time last at entry and first at exit, so that it holds the other readings' cost least. CPU
 * time therefore includes the cost of its own reading, once.
 */
public final class CallRecorder implements ProbeHandler {

    private final WallClock wallClock;
    private final VcpuClock vcpuClock;
    private final Health health;
    private final ThreadRegistry threads;
    private final DeferredCalls deferred;
    private final EndedConstructors constructors;
    private final long shortNs;
    private final ThreadLocal<ThreadFrames> current;

    /**
     * Whether long calls are deferred for correction. Set by the dumper between intervals; a probe that still sees the old
     * value enters a call uncorrected at most.
     */
    private volatile boolean correcting;

    CallRecorder(
            WallClock wallClock,
            VcpuClock vcpuClock,
            Health health,
            ThreadRegistry threads,
            DeferredCalls deferred,
            EndedConstructors constructors,
            long shortNs) {
        this.wallClock = wallClock;
        this.vcpuClock = vcpuClock;
        this.health = health;
        this.threads = threads;
        this.deferred = deferred;
        this.constructors = constructors;
        this.shortNs = shortNs;
        this.current = ThreadLocal.withInitial(threads::create);
    }

    void setCorrecting(boolean on) {
        correcting = on;
    }

    @Override
    public int enter(int methodId) {
        return enter(methodId, 0);
    }

    @Override
    public int enterConstructor(int methodId) {
        return enter(methodId, CallWords.PROVISIONAL);
    }

    @Override
    public void constructed(int depth) {
        ThreadFrames t = current.get();
        if (depth < t.depth()) {
            t.confirm(depth);
        }
    }

    private int enter(int methodId, long flags) {
        ThreadFrames t = current.get();
        if (t.inProbe) {
            // Another agent's code, called by the JVM for a class the probe needs. Nothing here can be begun twice.
            health.count(Trouble.INSIDE_PROBE);
            return Probe.NOT_MEASURED;
        }
        t.inProbe = true;
        try {
            return push(t, methodId, flags);
        } finally {
            t.inProbe = false;
        }
    }

    private int push(ThreadFrames t, int methodId, long flags) {
        if (t.isTopProvisional()) {
            constructors.dropEnded(t, methodId);
        }
        if (!t.hasRoom()) {
            health.count(Trouble.TOO_DEEP);
            return Probe.NOT_MEASURED;
        }
        if (t.virtual && t.depth() == 0) {
            threads.virtualEnters(t);
        }
        long word = CallWords.word(methodId, vcpuClock.current(), t.outermost(methodId) | flags);
        return t.push(word, t.cpu.nowNs(), wallClock.nowNs());
    }

    @Override
    public void exit(int depth, @Nullable Throwable thrown) {
        long exitNs = wallClock.nowNs();
        ThreadFrames t = current.get();
        t.inProbe = true;
        try {
            pop(t, depth, exitNs, thrown != null);
        } finally {
            t.inProbe = false;
        }
    }

    private void pop(ThreadFrames t, int depth, long exitNs, boolean thrown) {
        if (depth >= t.depth()) {
            // The entry was on another state: a virtual thread's, whose ThreadLocals were erased in between.
            health.count(Trouble.LOST_FRAMES);
            return;
        }
        long exitCpuNs = t.cpu.nowNs();
        while (t.depth() - 1 > depth) {
            t.pop(); // its exit was not seen, as when the stack overflowed in the probe
            health.count(Trouble.LOST_FRAMES);
        }
        t.pop();
        if (depth > 0) {
            t.addCallee(depth - 1, exitNs - t.entryWallNs(depth));
        } else if (t.virtual) {
            threads.virtualLeaves(t);
        }
        finish(t, depth, exitNs, exitCpuNs, thrown);
    }

    /** The frame at {@code depth} has just been popped. */
    private void finish(ThreadFrames t, int depth, long exitNs, long exitCpuNs, boolean thrown) {
        long entryWord = t.word(depth);
        long entryNs = t.entryWallNs(depth);
        long entryCpuNs = t.entryCpuNs(depth);
        long wallNs = exitNs - entryNs;
        long selfNs = wallNs - t.calleesWallNs(depth);
        long flags = (entryWord & CallWords.OUTERMOST) | (thrown ? CallWords.THROWN : 0);
        long cpuNs = CpuClock.UNKNOWN;
        if (entryCpuNs != CpuClock.UNKNOWN && exitCpuNs != CpuClock.UNKNOWN) {
            cpuNs = exitCpuNs - entryCpuNs;
        } else if (t.virtual) {
            health.count(Trouble.CPU_REFUSED);
        }
        if (wallNs < 0) {
            health.count(Trouble.CLOCK_BACKWARDS);
            return; // no length could be recorded for it
        }
        if (cpuNs < 0 && cpuNs != CpuClock.UNKNOWN) {
            health.count(Trouble.CLOCK_BACKWARDS);
            cpuNs = CpuClock.UNKNOWN;
        }
        if (cpuNs == CpuClock.UNKNOWN) {
            flags |= CallWords.CPU_UNKNOWN;
        }
        int methodId = CallWords.methodId(entryWord);
        if (correcting && wallNs >= shortNs) {
            long word = CallWords.word(methodId, vcpuClock.current(), flags);
            deferred.offer(word, t, depth, entryNs, exitNs, cpuNs, selfNs, CallWords.vcpu(entryWord));
            return;
        }
        long word = CallWords.word(methodId, VcpuClock.UNKNOWN, flags);
        Journal journal = t.journal;
        if (journal != null) {
            journal.append(word, wallNs, cpuNs, selfNs);
        } else {
            threads.appendShared(t, word, wallNs, cpuNs, selfNs);
        }
    }

    @Override
    public void suppressed(Throwable error) {
        health.suppress("in a probe", error);
    }
}
