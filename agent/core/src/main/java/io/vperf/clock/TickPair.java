package io.vperf.clock;

import java.util.function.LongSupplier;

/**
 * The time counter and CLOCK_MONOTONIC at one moment: the counter was read between two readings of the clock.
 *
 * @param ns the middle between those two
 * @param widthNs how far apart they were; the moment is known to half of that
 */
record TickPair(long ticks, long ns, long widthNs) {

    /** The narrowest of some tries, so that a preemption or an interrupt inside one does not count. */
    static TickPair tightest(LongSupplier counter, LongSupplier monotonic, int tries) {
        TickPair best = take(counter, monotonic);
        for (int i = 1; i < tries; i++) {
            TickPair next = take(counter, monotonic);
            if (next.widthNs < best.widthNs) {
                best = next;
            }
        }
        return best;
    }

    private static TickPair take(LongSupplier counter, LongSupplier monotonic) {
        long beforeNs = monotonic.getAsLong();
        long ticks = counter.getAsLong();
        long widthNs = monotonic.getAsLong() - beforeNs;
        return new TickPair(ticks, beforeNs + widthNs / 2, widthNs);
    }

    /** The counter's rate between an earlier pair and this one. */
    double nsPerTickSince(TickPair earlier) {
        return (double) (ns - earlier.ns) / (ticks - earlier.ticks);
    }
}
