package io.vperf.shim;

/**
 * What {@link ThreadCounters} write into an array of the caller's, from a place of its choice on: wall time, vCPU, and of
 * each event its count since it was opened and two times. {@link CounterDelta} makes a call's count of two of them.
 */
public final class CounterReading {

    private static final int WALL = 0;
    private static final int VCPU = 1;
    private static final int BY_PAGE = 2;
    private static final int HEADER = 3;
    private static final int VALUE = 0;
    private static final int ENABLED = 1;
    private static final int RUNNING = 2;
    private static final int OF_EVENT = 3;

    private CounterReading() {}

    /** How long a reading of so many events is. */
    public static int words(int events) {
        return HEADER + OF_EVENT * events;
    }

    /** CLOCK_MONOTONIC, the clock of {@link System#nanoTime()}. */
    public static long wallNs(long[] reading, int at) {
        return reading[at + WALL];
    }

    /** The vCPU the thread ran on when the wall time was read, or -1. */
    public static int vcpu(long[] reading, int at) {
        return (int) reading[at + VCPU];
    }

    /** What the event has counted since it was opened, while it was on the processor. */
    public static long value(long[] reading, int at, int event) {
        return reading[at + HEADER + OF_EVENT * event + VALUE];
    }

    /** For how long the thread has run since the event was opened. */
    public static long enabledNs(long[] reading, int at, int event) {
        return reading[at + HEADER + OF_EVENT * event + ENABLED];
    }

    /** For how long of that the event was on the processor and did count. */
    public static long runningNs(long[] reading, int at, int event) {
        return reading[at + HEADER + OF_EVENT * event + RUNNING];
    }

    /**
     * Whether the event was read in user space. Where both times are then equal they are those of the thread's last switch,
     * not of now: the kernel's header has them extrapolated only where they differ.
     */
    public static boolean isByPage(long[] reading, int at, int event) {
        return (reading[at + BY_PAGE] >>> event & 1) != 0;
    }
}
