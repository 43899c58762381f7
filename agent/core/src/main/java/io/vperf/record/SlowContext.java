package io.vperf.record;

import io.vperf.counters.CallCounters.ThreadReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What only its own thread knows of a slow call, written down at its end. The one thing that a measured call allocates, so calls
 * that are not among the slowest have none.
 */
final class SlowContext {

    private static final int MOST_CALLERS = 32;

    final String thread;
    final long threadNumber;

    /** Method numbers of the measured calls it was made from, the nearest first. */
    final int[] callers;

    /** How many more there were. */
    final int callersLeftOut;

    /** By counter; {@link ThreadReader#UNKNOWN} for one that is not known; null where the call was not counted. */
    final long @Nullable [] counts;

    /** Of a call whose frame has just been popped. Called on its thread. */
    SlowContext(Frame f) {
        ThreadFrames t = f.thread;
        callers = new int[Math.min(f.depth, MOST_CALLERS)];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = t.at(f.depth - 1 - i).methodId();
        }
        callersLeftOut = f.depth - callers.length;
        threadNumber = t.sequence; // not getId(), which an application's thread may have overridden before JDK 19
        String name = Thread.currentThread().getName();
        thread = name.isEmpty() ? unnamed(t) : name;
        counts = counts(f);
    }

    /** Most virtual threads have no name, and an identifier that nobody can override. */
    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static String unnamed(ThreadFrames t) {
        return t.virtual ? "virtual thread #" + Thread.currentThread().getId() : "thread " + t.sequence;
    }

    private static long @Nullable [] counts(Frame f) {
        ThreadReader reader = f.thread.counters;
        if (reader == null || !f.is(CallWords.COUNTED)) {
            return null;
        }
        long[] counts = new long[f.counters.length];
        Arrays.fill(counts, ThreadReader.UNKNOWN);
        long ignored = reader.countsAgain(f.counters, f.thread.lastCounters, counts, 0);
        return counts;
    }
}
