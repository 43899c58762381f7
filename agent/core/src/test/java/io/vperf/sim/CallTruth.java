package io.vperf.sim;

/** What a finished call's wall time was made of. Nanoseconds. */
public final class CallTruth {

    int method;
    int depth;
    boolean outermost;
    long entryNs;
    long exitNs;
    long ranNs;
    long stolenNs;
    long irqNs;
    long runDelayNs;
    long blockedNs;
    long stolenWhileQueuedNs;
    long throttledNs;

    CallTruth() {}

    public int method() {
        return method;
    }

    /** How many calls of its thread it was within. */
    public int depth() {
        return depth;
    }

    /** Whether none of them was of its method. */
    public boolean outermost() {
        return outermost;
    }

    public long entryNs() {
        return entryNs;
    }

    public long exitNs() {
        return exitNs;
    }

    /** All of it: ran + stolen + irq + runDelay + blocked. */
    public long wallNs() {
        return exitNs - entryNs;
    }

    /** Its thread executed its own code. */
    public long ranNs() {
        return ranNs;
    }

    /** Its thread was the one to run on a vCPU, and the host ran something else. */
    public long stolenNs() {
        return stolenNs;
    }

    /** Its thread was the one to run on a vCPU, which handled an interrupt. */
    public long irqNs() {
        return irqNs;
    }

    /** Its thread waited for another one to leave the vCPU. */
    public long runDelayNs() {
        return runDelayNs;
    }

    /** The part of the run delay in which that vCPU was stolen. */
    public long stolenWhileQueuedNs() {
        return stolenWhileQueuedNs;
    }

    /** The part of the run delay in which the quota of its cgroup kept it from running. */
    public long throttledNs() {
        return throttledNs;
    }

    /** Its thread slept or waited for a lock. */
    public long blockedNs() {
        return blockedNs;
    }
}
