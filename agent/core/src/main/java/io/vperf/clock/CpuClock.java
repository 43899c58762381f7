package io.vperf.clock;

/** A source of thread CPU time. One per JVM; it hands each native thread a reader of its own. */
public interface CpuClock {

    /** What a reader answers when the CPU time is not known. */
    long UNKNOWN = Long.MIN_VALUE;

    /** A reader for the calling native thread, to be used by that thread alone and closed by anybody when it has ended. */
    Reader newReader();

    /** Short name for the run header, such as {@code clock_gettime}. */
    String name();

    /** Reads the CPU time of the thread that created it. */
    interface Reader {

        /** Nanoseconds of CPU time charged to this thread since its start, or {@link CpuClock#UNKNOWN}. Never throws. */
        long nowNs();

        /** Gives back what the reader holds. The thread must have ended. */
        void close();
    }
}
