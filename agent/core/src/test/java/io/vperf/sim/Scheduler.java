package io.vperf.sim;

import org.jspecify.annotations.Nullable;

/** Which thread runs where: what is alike of Linux's fair scheduler and its load balancing. */
final class Scheduler {

    private final Scheduling scheduling;
    private final Vcpu[] vcpus;

    Scheduler(Scheduling scheduling, Vcpu[] vcpus) {
        this.scheduling = scheduling;
        this.vcpus = vcpus;
    }

    /** Where a thread that wakes up goes. */
    Vcpu choose(SimThread thread) {
        Vcpu last = vcpus[thread.vcpu];
        if (last.isFree() || !scheduling.migrates()) {
            return last;
        }
        for (int i = 1; i < vcpus.length; i++) {
            Vcpu other = vcpus[(last.id + i) % vcpus.length];
            if (other.isFree()) {
                return other;
            }
        }
        return last;
    }

    /** What it ran before, or elsewhere, counts for little. */
    static void place(SimThread thread, @Nullable SimThread current) {
        if (current != null) {
            long leastNs = current.vruntimeNs - Scheduling.SLEEPER_NS;
            long mostNs = current.vruntimeNs + Scheduling.SLEEPER_NS;
            thread.vruntimeNs = Math.min(mostNs, Math.max(leastNs, thread.vruntimeNs));
        }
    }

    /** The current thread makes room if another one has run less by so much. */
    static void preempt(Vcpu vcpu, long lagNs, long nowNs) {
        SimThread thread = vcpu.current;
        SimThread first = vcpu.first();
        if (thread != null && first != null && thread.vruntimeNs - first.vruntimeNs > lagNs) {
            switchOut(vcpu, thread, nowNs);
            vcpu.enqueue(thread, nowNs);
        }
    }

    static void switchOut(Vcpu vcpu, SimThread thread, long nowNs) {
        if (vcpu.dispatched) {
            thread.involuntarySwitches++;
        } else {
            thread.schedstatDelayNs += nowNs - thread.sinceNs;
        }
        vcpu.current = null;
    }

    /** Finds the next thread to run, here or on another vCPU's queue, or goes idle. */
    boolean pick(Vcpu vcpu, long nowNs) {
        Vcpu from = vcpu.queue.isEmpty() && scheduling.migrates() ? busiest() : vcpu;
        from.advance(nowNs);
        SimThread next = from.throttled || vcpu.throttled ? null : from.first();
        if (next != null) {
            from.dequeue(next, nowNs);
            vcpu.take(next, nowNs);
            return true;
        }
        vcpu.active = false;
        vcpu.idleSinceNs = nowNs;
        vcpu.nextTickNs = Long.MAX_VALUE;
        return false;
    }

    private Vcpu busiest() {
        Vcpu busiest = vcpus[0];
        for (Vcpu vcpu : vcpus) {
            if (!vcpu.throttled && (busiest.throttled || vcpu.queue.size() > busiest.queue.size())) {
                busiest = vcpu;
            }
        }
        return busiest;
    }
}
