package io.vperf.pauses;

import io.vperf.clock.WallClock;
import java.util.function.LongSupplier;

/**
 * By how much the run's wall clock is ahead of {@link System#nanoTime()}, the scale of the JVM's log: 0 where the two are one, some
 * microseconds where the processor's time counter stands in for it, and whatever a counter given up has left. Asked at every
 * sample, so that what is converted is never older than the last one.
 */
final class WallOffset {

    private static final int TRIES = 3;

    private final WallClock clock;
    private final LongSupplier nanoTime;

    WallOffset(WallClock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Right to half of the shortest of a few readings, some 50 ns. */
    long ns() {
        long narrowestNs = Long.MAX_VALUE;
        long offsetNs = 0;
        for (int i = 0; i < TRIES; i++) {
            long beforeNs = nanoTime.getAsLong();
            long wallNs = clock.nowNs();
            long widthNs = nanoTime.getAsLong() - beforeNs;
            if (widthNs < narrowestNs) {
                narrowestNs = widthNs;
                offsetNs = wallNs - (beforeNs + widthNs / 2);
            }
        }
        return offsetNs;
    }
}
