package io.vperf.clock;

import io.vperf.shim.Capability;

/**
 * For how long one native thread has been switched in, whether or not its vCPU was stolen meanwhile. Read by that thread
 * alone, at the price of a system call.
 */
interface TaskTime {

    /** Only a difference means anything; negative if it cannot be told. */
    long nowNs();

    /** Gives back what it holds. Its thread must have ended, or read no more. */
    void close();

    /** Where it comes from. */
    interface Source {

        /** Does once, on any thread, what would hold up the first thread that asks; or tells why no thread need ask. */
        Capability<String> prepare();

        /** Gives back what {@link #prepare} has taken. */
        default void end() {}

        /** For the calling native thread, or why there is none. */
        Capability<TaskTime> forThisThread();
    }
}
