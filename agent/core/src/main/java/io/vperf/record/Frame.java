package io.vperf.record;

import io.vperf.clock.ThreadClock;
import org.jspecify.annotations.Nullable;

/**
 * One measured call in progress, or room for one: made once for its thread and depth, and used for one call after the
 * other. Handed from a call's entry to its exit. Written by its thread; the dumper looks on.
 */
final class Frame {

    private static final long[] NO_COUNTERS = {};

    final ThreadFrames thread;

    /** The frame below; null at the bottom. */
    final @Nullable Frame caller;

    /** How many measured calls are below. */
    final int depth;

    /** See {@link CallWords}. */
    long word;

    /** Wall time at entry. */
    long entryNs;

    /** CPU time less wall time at entry, or {@link ThreadClock#UNKNOWN}. */
    long cpuOffsetNs;

    /** Direct measured callees that have ended. */
    long callees;

    /** Their wall time. */
    long calleesWallNs;

    /** Calls made directly that were only counted: their time is in this one's self time. */
    long countedCallees;

    /** What passed between two readings with nothing in between, just before this call. Only of one that stands for others. */
    long controlNs;

    /** What the thread had waited for when the call began, if it has waited since. Made when a call here first does. */
    @Nullable
    WaitsBefore waitsBefore;

    /** What the thread's counters read at entry; empty where it has none. */
    final long[] counters;

    /** {@link ThreadFrames#onStack} without this call. */
    long onStackBelow;

    /**
     * @param counterWords how long a reading of the thread's counters is
     */
    Frame(ThreadFrames thread, int depth, @Nullable Frame caller, int counterWords) {
        this.thread = thread;
        this.caller = caller;
        this.depth = depth;
        this.counters = counterWords == 0 ? NO_COUNTERS : new long[counterWords];
    }

    /** CPU time at entry, or {@link ThreadClock#UNKNOWN}. */
    long entryCpuNs() {
        return cpuOffsetNs == ThreadClock.UNKNOWN ? ThreadClock.UNKNOWN : entryNs + cpuOffsetNs;
    }

    int methodId() {
        return CallWords.methodId(word);
    }

    boolean is(long flag) {
        return CallWords.is(word, flag);
    }
}
