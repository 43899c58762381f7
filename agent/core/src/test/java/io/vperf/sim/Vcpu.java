package io.vperf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A vCPU: what it does at the moment, and where the time goes that it spends on it. */
final class Vcpu {

    final int id;
    final HostCpu host;
    final CpuAccounts accounts;
    final SplittableRandom random;
    private final Kernel kernel;
    private final Interrupts interrupts;

    /** Wants to run; idle otherwise. */
    boolean active;

    /** Has been idle and not yet run again. */
    boolean waking;

    long idleSinceNs;

    /** As of the last look; meaningless while idle. */
    boolean stolen;

    /** The one to run, or null: idle, or awake for an interrupt only. */
    @Nullable
    SimThread current;

    /** The scheduler has switched to the current thread; before that it is charged nothing. */
    boolean dispatched;

    /** What it may still run of the cgroup; without a quota, for ever. */
    long runtimeNs = Long.MAX_VALUE;

    /** The quota is used up: nobody runs here. */
    boolean throttled;

    private long throttledSinceNs;
    private long throttledNs;

    /** Somebody woke up who may have to go first. */
    boolean needsResched;

    final List<SimThread> queue = new ArrayList<>();

    long nextTickNs = Long.MAX_VALUE;
    long nextIrqNs;
    long irqLeftNs;
    private boolean irqIsSoft;

    /** The only event that counts. */
    long version;

    private long lastNs;

    Vcpu(int id, Kernel kernel, HostSteal steal, Interrupts interrupts, SplittableRandom random) {
        this.id = id;
        this.kernel = kernel;
        this.interrupts = interrupts;
        this.random = random;
        this.host = new HostCpu(steal, random.split());
        this.accounts = new CpuAccounts(kernel);
        this.nextIrqNs = interrupts.gapNs().next(random);
    }

    /** Books the time since the last call, in which nothing changed. */
    void advance(long nowNs) {
        long passedNs = nowNs - lastNs;
        lastNs = nowNs;
        if (passedNs == 0) {
            return;
        }
        if (!active || waking) {
            accounts.idleNs += passedNs;
        }
        if (!active) {
            return;
        }
        SimThread thread = current;
        if (stolen) {
            accounts.stolenNs += passedNs;
            if (thread != null) {
                thread.stolenNs += passedNs;
                charge(thread, passedNs, !kernel.excludesSteal());
            }
        } else if (irqLeftNs > 0) {
            irqLeftNs -= passedNs;
            if (irqIsSoft) {
                accounts.softirqNs += passedNs;
            } else {
                accounts.hardirqNs += passedNs;
            }
            if (thread != null) {
                thread.irqNs += passedNs;
                charge(thread, passedNs, !kernel.irqTime());
            }
        } else if (thread != null) {
            accounts.ranNs += passedNs;
            thread.ranNs += passedNs;
            thread.leftNs -= passedNs;
            charge(thread, passedNs, true);
        }
    }

    private void charge(SimThread thread, long ns, boolean toCpuTime) {
        if (!dispatched) {
            return;
        }
        thread.taskClockNs += ns;
        if (toCpuTime) {
            thread.cpuNs += ns;
            thread.vruntimeNs += ns;
            runtimeNs -= runtimeNs == Long.MAX_VALUE ? 0 : ns;
        }
    }

    void throttle(long nowNs) {
        throttled = true;
        throttledSinceNs = nowNs;
    }

    /** For how long it was throttled. */
    long unthrottle(long nowNs) {
        long ns = nowNs - throttledSinceNs;
        throttledNs += ns;
        throttled = false;
        return ns;
    }

    private long throttledNs(long nowNs) {
        return throttledNs + (throttled ? nowNs - throttledSinceNs : 0);
    }

    /** An interrupt begins. */
    void interrupt(long nowNs) {
        irqIsSoft = !irqIsSoft;
        irqLeftNs = Math.max(1, interrupts.lengthNs().next(random));
        nextIrqNs = nowNs + irqLeftNs + Math.max(1, interrupts.gapNs().next(random));
    }

    CpuAccounts.Mode mode() {
        if (irqLeftNs > 0) {
            return CpuAccounts.Mode.SOFTIRQ;
        }
        return current == null ? CpuAccounts.Mode.IDLE : CpuAccounts.Mode.USER;
    }

    /** When something will happen here by itself. */
    long nextEventNs(long nowNs) {
        if (!active) {
            return nextIrqNs;
        }
        long nextNs = host.nextChangeNs(nowNs);
        if (stolen) {
            return nextNs;
        }
        nextNs = Math.min(nextNs, nextTickNs);
        if (irqLeftNs > 0) {
            return Math.min(nextNs, nowNs + irqLeftNs);
        }
        nextNs = Math.min(nextNs, nextIrqNs);
        return current == null ? nextNs : Math.min(nextNs, nowNs + Math.min(current.leftNs, Math.max(0, runtimeNs)));
    }

    /** Where an awakened thread would not have to wait for another one. */
    boolean isFree() {
        return current == null && queue.isEmpty() && !throttled;
    }

    void enqueue(SimThread thread, long nowNs) {
        thread.state = SimThread.State.QUEUED;
        thread.vcpu = id;
        thread.sinceNs = nowNs;
        thread.vcpuStolenWhenQueuedNs = accounts.stolenNs;
        thread.vcpuThrottledWhenQueuedNs = throttledNs(nowNs);
        queue.add(thread);
    }

    /** Who has run least, or null. */
    @Nullable
    SimThread first() {
        SimThread first = null;
        for (int i = 0; i < queue.size(); i++) {
            SimThread thread = queue.get(i);
            if (first == null || thread.vruntimeNs < first.vruntimeNs) {
                first = thread;
            }
        }
        return first;
    }

    /** Takes it out of the queue; its wait is over, or goes on elsewhere. */
    void dequeue(SimThread thread, long nowNs) {
        queue.remove(thread);
        long waitedNs = nowNs - thread.sinceNs;
        thread.runDelayNs += waitedNs;
        thread.schedstatDelayNs += waitedNs;
        thread.stolenWhileQueuedNs += accounts.stolenNs - thread.vcpuStolenWhenQueuedNs;
        thread.throttledNs += throttledNs(nowNs) - thread.vcpuThrottledWhenQueuedNs;
    }

    /** Makes it the one to run. */
    void take(SimThread thread, long nowNs) {
        thread.state = SimThread.State.CURRENT;
        thread.vcpu = id;
        thread.sinceNs = nowNs;
        thread.switchedInAtVruntimeNs = thread.vruntimeNs;
        current = thread;
        dispatched = false;
    }
}
