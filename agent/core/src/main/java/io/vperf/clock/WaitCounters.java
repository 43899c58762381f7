package io.vperf.clock;

import io.vperf.shim.Capability;

/** What the kernel counts of one native thread's waits. Read by that thread alone, at the price of system calls. */
interface WaitCounters {

    /** For how long it, runnable, has waited for a vCPU so far; negative if it cannot be told. */
    long runDelayNs();

    /** How often it has been switched out as it had to wait for something; negative if it cannot be told. */
    long voluntarySwitches();

    /** Gives back what they hold. Their thread must have ended, or read no more. */
    void close();

    /** Where they come from. */
    interface Source {

        /** For the calling native thread, or why there are none. */
        Capability<WaitCounters> forThisThread();
    }
}
