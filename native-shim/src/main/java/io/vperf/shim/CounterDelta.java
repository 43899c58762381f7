package io.vperf.shim;

/**
 * What an event has counted between two readings of one thread. Where more events were asked for than the processor has
 * counters the kernel takes turns (multiplexing); a count is then an estimate, scaled by enabled / running time, the way
 * {@code perf stat} does it.
 */
public final class CounterDelta {

    /** The event was not on the processor meanwhile, or for how much of the time it was cannot be told. */
    public static final long NOT_COUNTED = -1;

    private CounterDelta() {}

    /** The count, scaled if {@link #isScaled}, or {@link #NOT_COUNTED}. */
    public static long count(long[] entry, int atEntry, long[] exit, int atExit, int event) {
        long counted = CounterReading.value(exit, atExit, event) - CounterReading.value(entry, atEntry, event);
        if (counted < 0) {
            return NOT_COUNTED; // no counter runs backwards
        }
        long enabledNs = enabledNs(entry, atEntry, exit, atExit, event);
        long runningNs = runningNs(entry, atEntry, exit, atExit, event);
        if (wasAlwaysOn(exit, atExit, event)) {
            return counted;
        }
        if (isOfLastSwitch(entry, atEntry, event) || runningNs <= 0) {
            return NOT_COUNTED;
        }
        return runningNs >= enabledNs ? counted : Math.round((double) counted * enabledNs / runningNs);
    }

    /** Whether {@link #count} is an estimate. */
    public static boolean isScaled(long[] entry, int atEntry, long[] exit, int atExit, int event) {
        return !wasAlwaysOn(exit, atExit, event)
                && runningNs(entry, atEntry, exit, atExit, event) < enabledNs(entry, atEntry, exit, atExit, event);
    }

    /** Both times are counted from the same moment on, so where they are equal nothing was ever missed. */
    private static boolean wasAlwaysOn(long[] reading, int at, int event) {
        return CounterReading.enabledNs(reading, at, event) == CounterReading.runningNs(reading, at, event);
    }

    /** How long ago that was is not known, and with it neither how much of both differences belongs to the call. */
    private static boolean isOfLastSwitch(long[] reading, int at, int event) {
        return CounterReading.isByPage(reading, at, event) && wasAlwaysOn(reading, at, event);
    }

    private static long enabledNs(long[] entry, int atEntry, long[] exit, int atExit, int event) {
        return CounterReading.enabledNs(exit, atExit, event) - CounterReading.enabledNs(entry, atEntry, event);
    }

    private static long runningNs(long[] entry, int atEntry, long[] exit, int atExit, int event) {
        return CounterReading.runningNs(exit, atExit, event) - CounterReading.runningNs(entry, atEntry, event);
    }
}
