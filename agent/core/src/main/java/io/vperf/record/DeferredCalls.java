package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.steal.Limits;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Long calls that wait until the steal counter of their vCPU is up to date. Application threads offer, the sampler's
 * thread settles. Room is fixed: a call that finds none is entered uncorrected, and counted.
 *
 * <p>A monitor guards the hand-over. It is taken once per long call, whose length is tens of microseconds at least, and
 * held for a few stores.
 */
final class DeferredCalls {

    /** word, thread, depth, entry, exit, CPU, self, vCPU at entry, measured callees, waited, run delay, control, counted callees, since. */
    private static final int STRIDE = 14;

    /** In each of the three arrays. */
    static final int BYTES_PER_CALL = 3 * STRIDE * Long.BYTES;

    private final MethodTable methods;
    private final Health health;
    private final Limits limits;
    private final int capacity;

    private final Object handOver = new Object();

    /** Guarded by {@link #handOver}, as are {@link #offered} and {@link #sleeper}. */
    private long[] incoming;

    private int offered;

    /** The sampler's thread while it sleeps for long, until the first call wakes it. */
    private @Nullable Thread sleeper;

    // The sampler's own.
    private long[] spare;
    private long[] waiting;
    private int waitingCalls;
    private final Patience patience;
    private final Set<Long> endedThreads = new HashSet<>();

    /** Set by the dumper's thread, see {@link #setCpuIncludesSteal}. */
    private volatile boolean cpuIncludesSteal;

    /**
     * @param capacity how many calls may wait
     * @param patienceNs how long a call may wait, see {@link Patience}
     */
    DeferredCalls(MethodTable methods, Health health, int capacity, long patienceNs) {
        this.methods = methods;
        this.health = health;
        this.limits = new Limits(health);
        this.patience = new Patience(patienceNs);
        this.capacity = capacity;
        this.incoming = new long[capacity * STRIDE];
        this.spare = new long[capacity * STRIDE];
        this.waiting = new long[capacity * STRIDE];
    }

    /** Whether the CPU times of the calls that are entered from now on hold what was stolen from them. */
    void setCpuIncludesSteal(boolean includes) {
        cpuIncludesSteal = includes;
    }

    /**
     * Takes a call over from its thread; false if there is no room.
     *
     * @param word what holds at its end
     * @param frame where it was until now
     */
    boolean offer(long word, Frame frame, long exitNs, long cpuNs, long selfNs) {
        boolean room;
        Thread asleep = null;
        int entryVcpu = CallWords.vcpu(frame.word);
        synchronized (handOver) {
            room = offered < capacity;
            if (room) {
                asleep = sleeper;
                if (asleep != null) {
                    StackRoom.ensure(); // as in Journal: this is an application's thread
                    sleeper = null;
                }
                int at = offered * STRIDE;
                long[] into = incoming;
                into[at] = word;
                into[at + 1] = frame.thread.sequence;
                into[at + 2] = frame.depth;
                into[at + 3] = frame.entryNs;
                into[at + 4] = exitNs;
                into[at + 5] = cpuNs;
                into[at + 6] = selfNs;
                into[at + 7] = entryVcpu;
                into[at + 8] = frame.callees;
                into[at + 9] = frame.thread.waitedNs(frame);
                into[at + 10] = frame.thread.runDelayNs(frame);
                into[at + 11] = frame.controlNs;
                into[at + 12] = frame.countedCallees;
                offered++;
            }
        }
        if (asleep != null) {
            LockSupport.unpark(asleep); // not while holding what it takes first
        }
        return room;
    }

    /**
     * Sleeps until a call is offered, or for so long; may return early. Called by the sampler's thread. No call is missed:
     * one that was offered before is seen here, a later one sees the sleeper.
     */
    void awaitOffer(long atMostNs) {
        synchronized (handOver) {
            if (offered > 0) {
                return;
            }
            sleeper = Thread.currentThread();
        }
        LockSupport.parkNanos(this, atMostNs);
        synchronized (handOver) {
            sleeper = null;
        }
    }

    /**
     * Enters every call whose steal can be told by now. Called by the sampler's thread.
     *
     * @param last whether no further sample will come: what still waits is entered uncorrected
     * @return whether there was anything to do, or is
     */
    boolean settle(StealJudge judge, long nowNs, boolean last) {
        patience.sampled(nowNs);
        int taken = takeIncoming(judge);
        if (taken == 0 && waitingCalls == 0 && endedThreads.isEmpty()) {
            return false;
        }
        Set<Long> heldBack = new HashSet<>();
        List<LongCall> ready = new ArrayList<>();
        BitSet kept = new BitSet();
        int judged = 0; // all before it have been, or are kept
        for (int i = 0; i < waitingCalls; i++) {
            LongCall call = callAt(waiting, i * STRIDE);
            // Callees come before their callers, so a thread's calls are settled strictly in order.
            if (!heldBack.contains(call.thread()) && judge.isCovered(call)) {
                ready.add(call);
            } else if (last || patience.isOver(waiting[i * STRIDE + 13])) {
                enterAll(judge, ready, judged, kept);
                judged = i + 1;
                judge.skip(call);
                enterUncorrected(Trouble.UNCORRECTED_TIMEOUT, waiting, i * STRIDE);
            } else {
                heldBack.add(call.thread());
                kept.set(i);
            }
        }
        enterAll(judge, ready, judged, kept);
        keep(kept);
        forgetEnded(judge, heldBack);
        return true;
    }

    /** Enters calls that are ready, being all from this one on but those that are kept; leaves the list empty. */
    private void enterAll(StealJudge judge, List<LongCall> ready, int from, BitSet kept) {
        int i = kept.nextClearBit(from);
        for (Verdict verdict : judge.judge(ready)) {
            enter(verdict, i * STRIDE);
            i = kept.nextClearBit(i + 1);
        }
        ready.clear();
    }

    private void keep(BitSet kept) {
        int to = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            System.arraycopy(waiting, i * STRIDE, waiting, to++ * STRIDE, STRIDE);
        }
        waitingCalls = to;
    }

    /** Threads told since the last settling have offered all their calls before this one. */
    private void forgetEnded(StealJudge judge, Set<Long> stillWaiting) {
        for (Iterator<Long> all = endedThreads.iterator(); all.hasNext(); ) {
            long thread = all.next();
            if (!stillWaiting.contains(thread)) {
                judge.threadEnded(thread);
                all.remove();
            }
        }
    }

    /** The thread has ended; its last calls may still wait here. Called by the sampler's thread. */
    void threadEnded(long thread) {
        endedThreads.add(thread);
    }

    /** Whether any call waits, or has just been offered. */
    boolean isEmpty() {
        synchronized (handOver) {
            return offered == 0 && waitingCalls == 0;
        }
    }

    private int takeIncoming(StealJudge judge) {
        int taken;
        long[] arrived;
        synchronized (handOver) {
            if (offered == 0) {
                return 0;
            }
            arrived = incoming;
            taken = offered;
            incoming = spare;
            offered = 0;
        }
        spare = arrived;
        int fits = Math.min(taken, capacity - waitingCalls);
        System.arraycopy(arrived, 0, waiting, waitingCalls * STRIDE, fits * STRIDE);
        for (int i = 0; i < fits; i++, waitingCalls++) {
            waiting[waitingCalls * STRIDE + 13] = patience.nowNs();
        }
        for (int i = fits; i < taken; i++) {
            int at = i * STRIDE;
            judge.skip(callAt(arrived, at));
            enterUncorrected(Trouble.UNCORRECTED_OVERFLOW, arrived, at);
        }
        return taken;
    }

    private LongCall callAt(long[] from, int at) {
        int methodId = CallWords.methodId(from[at]);
        return new LongCall(
                from[at + 1],
                methodId,
                methods.get(methodId).isMostlyShort(),
                (int) from[at + 2],
                from[at + 3],
                from[at + 4],
                from[at + 5],
                (int) from[at + 7],
                CallWords.vcpu(from[at]),
                from[at + 9],
                from[at + 10]);
    }

    private void enter(Verdict verdict, int at) {
        switch (verdict.kind()) {
            case CORRECTED -> {
                MethodStats stats = methods.get(CallWords.methodId(waiting[at]));
                synchronized (stats) {
                    stats.addCorrected(
                            waiting[at],
                            waiting[at + 3],
                            waiting[at + 4] - waiting[at + 3],
                            waiting[at + 5],
                            correctedCpuNs(waiting[at + 5], verdict),
                            waiting[at + 6],
                            verdict);
                    addRest(stats, waiting, at);
                }
            }
            case TAINTED -> enterUncorrected(Trouble.UNCORRECTED_TAINTED, waiting, at);
            case UNKNOWN_SHARE -> enterUncorrected(Trouble.UNCORRECTED_UNKNOWN_SHARE, waiting, at);
        }
    }

    private long correctedCpuNs(long cpuNs, Verdict verdict) {
        return cpuIncludesSteal && cpuNs != ThreadClock.UNKNOWN
                ? limits.cpu(cpuNs, verdict.onCpuNs())
                : ThreadClock.UNKNOWN;
    }

    private void enterUncorrected(Trouble why, long[] from, int at) {
        health.count(why);
        MethodStats stats = methods.get(CallWords.methodId(from[at]));
        synchronized (stats) {
            stats.addUncorrected(from[at], from[at + 3], from[at + 4] - from[at + 3], from[at + 5], from[at + 6]);
            addRest(stats, from, at);
        }
    }

    private static void addRest(MethodStats stats, long[] from, int at) {
        long word = from[at];
        stats.addCallees(word, from[at + 8]);
        stats.addSampled(word, from[at + 4] - from[at + 3], from[at + 5], from[at + 6], from[at + 11], from[at + 12]);
    }
}
