package io.vperf.sim;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A thread of the guest: what has become of its time, what the kernel says has, and where it is in its program. */
public final class SimThread {

    enum State {
        CURRENT,
        QUEUED,
        BLOCKED,
        ENDED
    }

    /** Of a call in progress: method, entry, and the truth then. */
    private static final int STRIDE = 9;

    private final int id;
    private final Program program;
    final SplittableRandom random;

    /** At its program's end, when the guest is to stop. */
    final boolean stops;

    State state = State.BLOCKED;

    /** The vCPU it runs or ran on last. */
    int vcpu;

    /** Since when it is queued or blocked. */
    long sinceNs;

    /** Its last timer; older ones are void. */
    int timer;

    /** What it still has to compute before its next step. */
    long leftNs;

    /** Time on a vCPU by the scheduler's account, and a place in the queue ({@code sched_entity.vruntime}). */
    long vruntimeNs;

    long switchedInAtVruntimeNs;

    // The truth.
    long ranNs;
    long stolenNs;
    long irqNs;
    long runDelayNs;
    long blockedNs;
    long stolenWhileQueuedNs;
    long vcpuStolenWhenQueuedNs;
    long throttledNs;
    long vcpuThrottledWhenQueuedNs;

    // The kernel's accounts.
    long cpuNs;
    long taskClockNs;
    long schedstatDelayNs;
    long voluntarySwitches;
    long involuntarySwitches;

    private int nextStep;
    private long[] stack = new long[4 * STRIDE];
    private int depth;

    SimThread(int id, Program program, SplittableRandom random, boolean stops) {
        this.stops = stops;
        this.id = id;
        this.program = program;
        this.random = random;
    }

    /** From 0, in the order of their starts. */
    public int id() {
        return id;
    }

    /** Number of the vCPU that it runs on, or ran on last. */
    public int vcpu() {
        return vcpu;
    }

    /** CLOCK_THREAD_CPUTIME_ID: {@code sum_exec_runtime}, by the run queue's task clock. */
    public long cpuNs() {
        return cpuNs;
    }

    /** The perf event task-clock, which runs on while the vCPU is stolen, on every kernel. */
    public long taskClockNs() {
        return taskClockNs;
    }

    /** Second value of schedstat: from being runnable to being switched to, whoever had the vCPU meanwhile. */
    public long schedstatDelayNs() {
        return schedstatDelayNs;
    }

    public long voluntarySwitches() {
        return voluntarySwitches;
    }

    public long involuntarySwitches() {
        return involuntarySwitches;
    }

    /** Changes whenever it is switched out. */
    public long switches() {
        return voluntarySwitches + involuntarySwitches;
    }

    /** How many calls are in progress. */
    public int depth() {
        return depth;
    }

    public boolean hasEnded() {
        return state == State.ENDED;
    }

    /** The next step; null at the program's end, after which it begins anew. */
    Program.@Nullable Step step() {
        if (nextStep >= program.length()) {
            nextStep = 0;
            return null;
        }
        return program.step(nextStep++);
    }

    void skip(int steps) {
        nextStep += steps;
    }

    void enter(int method, long nowNs) {
        int at = depth++ * STRIDE;
        if (at == stack.length) {
            stack = Arrays.copyOf(stack, at * 2);
        }
        stack[at] = method;
        stack[at + 1] = nowNs;
        stack[at + 2] = ranNs;
        stack[at + 3] = stolenNs;
        stack[at + 4] = irqNs;
        stack[at + 5] = runDelayNs;
        stack[at + 6] = blockedNs;
        stack[at + 7] = stolenWhileQueuedNs;
        stack[at + 8] = throttledNs;
    }

    void exit(long nowNs, CallTruth into) {
        int at = --depth * STRIDE;
        into.method = (int) stack[at];
        into.depth = depth;
        into.outermost = true;
        for (int below = 0; below < at; below += STRIDE) {
            into.outermost &= stack[below] != stack[at];
        }
        into.entryNs = stack[at + 1];
        into.exitNs = nowNs;
        into.ranNs = ranNs - stack[at + 2];
        into.stolenNs = stolenNs - stack[at + 3];
        into.irqNs = irqNs - stack[at + 4];
        into.runDelayNs = runDelayNs - stack[at + 5];
        into.blockedNs = blockedNs - stack[at + 6];
        into.stolenWhileQueuedNs = stolenWhileQueuedNs - stack[at + 7];
        into.throttledNs = throttledNs - stack[at + 8];
    }
}
