package io.vperf.record;

import io.vperf.explain.CallSplit;
import io.vperf.explain.Explanation;
import io.vperf.explain.SlowCall;
import io.vperf.explain.SlowCalls;
import io.vperf.explain.SlowGate;
import io.vperf.explain.SlowRule;
import io.vperf.explain.SplitSums;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where the time of one method's calls went in the running interval. Guarded by its {@link MethodStats}, but for the gate. */
final class SpentTime {

    private final SplitSums split = new SplitSums();

    /** Made when the method has its first long call. */
    private final AtomicReference<@Nullable SlowGate> slowGate = new AtomicReference<>();

    private @Nullable SlowCalls slow;

    /** Outermost calls that were on the CPU all the time. */
    void addRunning(long sumNs) {
        split.addRunning(sumNs);
    }

    /** A call too short to be explained. */
    void addShort(long word, long wallNs, long cpuNs) {
        if (!CallWords.is(word, CallWords.OUTERMOST)) {
            return;
        }
        if (CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            split.addUnknown(wallNs, CallWords.weight(word));
        } else {
            split.addShort(wallNs, cpuNs, CallWords.weight(word));
        }
    }

    /** A long call that nobody could explain. */
    void addUncorrected(long word, long wallNs, long cpuNs) {
        if (CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            addShort(word, wallNs, cpuNs);
        } else if (CallWords.is(word, CallWords.OUTERMOST)) {
            split.addUncorrected(wallNs, cpuNs, CallWords.weight(word));
        }
    }

    /** Where a long call's time went. */
    void add(long word, CallSplit of) {
        if (CallWords.is(word, CallWords.OUTERMOST)) {
            split.add(of, CallWords.weight(word));
        }
    }

    /** Tells which calls are kept whole. Needs no lock. */
    SlowGate slowGate(SlowRule rule) {
        SlowGate gate = slowGate.get();
        if (gate != null) {
            return gate;
        }
        SlowGate made = new SlowGate(rule);
        SlowGate first = slowGate.compareAndExchange(null, made);
        return first == null ? made : first;
    }

    /** A call that the gate let through. */
    void addSlow(SlowRule rule, SlowCall call) {
        slow = slow == null ? new SlowCalls(rule) : slow;
        slow.add(call);
    }

    /**
     * Takes out where the interval's time went.
     *
     * @param shortRunning whether what short calls were charged surely holds no steal
     * @param excludesSteal whether what any call is charged surely holds none
     */
    Explanation take(boolean shortRunning, boolean excludesSteal) {
        SlowGate gate = slowGate.get();
        SlowCalls kept = slow;
        slow = null;
        long turnedAway = gate == null ? 0 : gate.take();
        return new Explanation(
                split.take(shortRunning, excludesSteal),
                kept == null ? List.of() : kept.list(),
                kept == null ? turnedAway : turnedAway + kept.pushedOut());
    }
}
