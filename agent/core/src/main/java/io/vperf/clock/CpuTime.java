package io.vperf.clock;

/** The calling thread's CPU time as the kernel tells it, at the price of a system call. */
interface CpuTime {

    /** What is answered when the CPU time is not known. */
    long UNKNOWN = Long.MIN_VALUE;

    /** Nanoseconds of CPU time charged to the thread that this was made for, which is the caller, or {@link #UNKNOWN}. */
    long nowNs();

    /** Gives back what it holds. Its thread must have ended, or read no more. */
    void close();

    /** Where it comes from. */
    interface Source {

        /** For the calling native thread alone. */
        CpuTime forThisThread();

        /** Short name for the run header, such as {@code clock_gettime}. */
        String name();
    }
}
