package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.clock.VcpuClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;

/**
 * Where a call goes that has ended otherwise than plainly: its times are put together and doubted, then it waits for its
 * correction or enters the journal. Called on application threads, each with its own frames; keeps nothing.
 */
final class FinishedCalls {

    private final Health health;
    private final ThreadRegistry threads;
    private final DeferredCalls deferred;

    FinishedCalls(Health health, ThreadRegistry threads, DeferredCalls deferred) {
        this.health = health;
        this.threads = threads;
        this.deferred = deferred;
    }

    /**
     * Takes a call over whose frame has just been popped.
     *
     * @param exitCpuOffsetNs CPU time less wall time at the exit, or {@link ThreadClock#UNKNOWN}
     * @param deferFromNs calls this long wait for their correction
     */
    void add(Frame f, long exitNs, long exitCpuOffsetNs, boolean thrown, long deferFromNs) {
        ThreadFrames t = f.thread;
        long wallNs = exitNs - f.entryNs;
        long selfNs = wallNs - f.calleesWallNs;
        long flags = (f.word & (CallWords.OUTERMOST | CallWords.RECURSIVE | CallWords.WEIGHT))
                | (thrown ? CallWords.THROWN : 0);
        long cpuNs = ThreadClock.UNKNOWN;
        if (f.cpuOffsetNs != ThreadClock.UNKNOWN && exitCpuOffsetNs != ThreadClock.UNKNOWN) {
            cpuNs = wallNs + exitCpuOffsetNs - f.cpuOffsetNs;
        } else if (t.virtual) {
            health.count(Trouble.CPU_REFUSED);
        }
        if (wallNs < 0) {
            health.count(Trouble.CLOCK_BACKWARDS);
            return; // no length could be recorded for it
        }
        if (cpuNs < 0 && cpuNs != ThreadClock.UNKNOWN) {
            health.count(Trouble.CLOCK_BACKWARDS);
            cpuNs = ThreadClock.UNKNOWN;
        }
        if (cpuNs == ThreadClock.UNKNOWN) {
            flags |= CallWords.CPU_UNKNOWN;
        }
        int methodId = f.methodId();
        if (wallNs >= deferFromNs) {
            long word = CallWords.word(methodId, t.vcpu(), flags);
            if (deferred.offer(word, f, exitNs, cpuNs, selfNs)) {
                return;
            }
            if (t.virtual && f.depth == 0) {
                threads.willNotSettle(t);
            }
            flags |= deferred.settled().countOverflow() ? CallWords.UNCORRECTED : 0;
        }
        long word = CallWords.word(methodId, VcpuClock.UNKNOWN, flags);
        Journal journal = t.journal;
        if (journal != null) {
            append(journal, word, wallNs, cpuNs, selfNs, f);
        } else {
            SharedJournal shared = threads.sharedJournal(t);
            shared.owner.lock();
            try {
                append(shared.journal, word, wallNs, cpuNs, selfNs, f);
            } finally {
                shared.owner.held = false;
                shared.owner.wake();
            }
        }
    }

    /** What the counters of its thread say of a call whose frame has just been popped. */
    void addCounts(Frame f) {
        ThreadFrames t = f.thread;
        if (t.counters == null || t.journal == null) {
            health.count(Trouble.COUNTS_REFUSED);
        } else {
            t.journal.appendCounts(f.word, t.counters, f.counters, t.lastCounters);
        }
    }

    private static void append(Journal journal, long word, long wallNs, long cpuNs, long selfNs, Frame f) {
        if (f.countedCallees == 0 && !f.is(CallWords.WEIGHT)) {
            journal.append(word, wallNs, cpuNs, selfNs, f.callees);
        } else {
            journal.appendSampled(word, wallNs, cpuNs, selfNs, f.callees, f.controlNs, f.countedCallees);
        }
    }
}
