package io.vperf.record;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Long calls that wait until the steal counter of their vCPU is up to date, and are entered as {@link SettledCalls}. Application
 * threads offer, the sampler's thread settles. Room is fixed: a call that finds none is entered uncorrected, and counted.
 */
final class DeferredCalls {

    /** Of one that waits, and of the two batches it may come in. */
    static final int BYTES_PER_CALL = CallRows.BYTES + 2 * HandOver.BYTES_PER_CALL;

    private final MethodTable methods;
    private final SettledCalls settled;
    private final HandOver handOver;

    // The sampler's own.
    private final CallRows waiting;
    private int waitingCalls;
    private final Patience patience;
    private final Set<Long> endedThreads = new HashSet<>();

    /**
     * @param capacity how many calls may wait
     * @param patienceNs how long a call may wait, see {@link Patience}
     */
    DeferredCalls(MethodTable methods, Health health, int capacity, long patienceNs) {
        this.methods = methods;
        this.settled = new SettledCalls(methods, health);
        this.patience = new Patience(patienceNs);
        this.handOver = new HandOver(capacity);
        this.waiting = new CallRows(capacity);
    }

    /** Where calls go from here. */
    SettledCalls settled() {
        return settled;
    }

    /**
     * Takes a call over from its thread; false if there is no room.
     *
     * @param word what holds at its end
     * @param frame where it was until now
     */
    boolean offer(long word, Frame frame, long exitNs, long cpuNs, long selfNs) {
        Explaining by = settled.explaining();
        SlowContext context = by == null ? null : explained(by, frame, exitNs);
        boolean room = handOver.offer(word, frame, exitNs, cpuNs, selfNs, context);
        if (by != null && context != null && !room) {
            by.leaveOut(frame, exitNs - frame.entryNs);
        }
        return room;
    }

    /** Asking takes more room than recording does; where the stack is full the call is recorded all the same. */
    private static @Nullable SlowContext explained(Explaining by, Frame frame, long exitNs) {
        try {
            return by.callEnds(frame, exitNs);
        } catch (StackOverflowError e) {
            return null;
        }
    }

    /**
     * Sleeps until a call is offered, or for so long; may return early. Called by the sampler's thread. No call is missed:
     * one that was offered before is seen here, a later one sees the sleeper.
     */
    void awaitOffer(long atMostNs) {
        handOver.await(atMostNs);
    }

    /**
     * Enters every call whose steal can be told by now. Called by the sampler's thread.
     *
     * @param last whether no further sample will come: what still waits is entered uncorrected
     * @return whether there was anything to do, or is
     */
    boolean settle(StealJudge judge, long nowNs, boolean last) {
        patience.sampled(nowNs);
        int taken = takeIncoming(judge, nowNs);
        if (taken == 0 && waitingCalls == 0 && endedThreads.isEmpty()) {
            return false;
        }
        Explaining by = settled.explaining();
        boolean corrects = settled.isCorrecting();
        Set<Long> heldBack = new HashSet<>();
        List<LongCall> ready = new ArrayList<>();
        List<Integer> readyRows = new ArrayList<>();
        BitSet kept = new BitSet();
        for (int row = 0; row < waitingCalls; row++) {
            LongCall call = call(waiting, row);
            // Callees come before their callers, so a thread's calls are settled strictly in order.
            if (!heldBack.contains(call.thread())
                    && (!corrects || judge.isCovered(call))
                    && (by == null || last || by.isCovered(call))) {
                ready.add(call);
                readyRows.add(row);
            } else if (last || patience.isOver(waiting.sinceNs(row))) {
                enterAll(judge, ready, readyRows);
                settled.enterUnjudged(Trouble.UNCORRECTED_TIMEOUT, judge, call, waiting, row);
            } else {
                heldBack.add(call.thread());
                kept.set(row);
            }
        }
        enterAll(judge, ready, readyRows);
        keep(kept);
        forgetEnded(judge, heldBack);
        return true;
    }

    private LongCall call(CallRows rows, int row) {
        return rows.call(row, methods.get(rows.methodId(row)).isMostlyShort());
    }

    /** Enters calls that are ready; leaves the lists empty. */
    private void enterAll(StealJudge judge, List<LongCall> ready, List<Integer> rows) {
        settled.enter(judge, waiting, ready, rows);
        ready.clear();
        rows.clear();
    }

    private void keep(BitSet kept) {
        int to = 0;
        for (int row = kept.nextSetBit(0); row >= 0; row = kept.nextSetBit(row + 1)) {
            waiting.move(row, waiting, to++);
        }
        waitingCalls = to;
    }

    /** Threads told since the last settling have offered all their calls before this one. */
    private void forgetEnded(StealJudge judge, Set<Long> stillWaiting) {
        for (Iterator<Long> all = endedThreads.iterator(); all.hasNext(); ) {
            long thread = all.next();
            if (!stillWaiting.contains(thread)) {
                settled.threadEnded(judge, thread);
                all.remove();
            }
        }
    }

    /** The thread has ended; its last calls may still wait here. Called by the sampler's thread. */
    void threadEnded(long thread) {
        endedThreads.add(thread);
    }

    /** Whether any call waits, or has just been offered. Asked by the sampler's thread. */
    boolean isEmpty() {
        return handOver.isEmpty() && waitingCalls == 0;
    }

    private int takeIncoming(StealJudge judge, long nowNs) {
        CallRows arrived = handOver.take();
        int taken = handOver.taken();
        Explaining by = settled.explaining();
        if (by != null) {
            by.sample(nowNs); // not before: this thread may be throttled, too, while calls end that it is to explain
        }
        for (int row = 0; row < taken; row++) {
            LongCall call = call(arrived, row);
            if (waitingCalls < handOver.room(call.depth())) {
                arrived.move(row, waiting, waitingCalls);
                waiting.setSinceNs(waitingCalls++, patience.nowNs());
            } else {
                settled.enterUnjudged(Trouble.UNCORRECTED_OVERFLOW, judge, call, arrived, row);
            }
        }
        return taken;
    }
}
