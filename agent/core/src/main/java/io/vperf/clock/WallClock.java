package io.vperf.clock;

/**
 * Elapsed CLOCK_MONOTONIC in nanoseconds; only differences mean anything. On Linux this is {@link System#nanoTime()},
 * which HotSpot answers from the same clock without a system call.
 */
public interface WallClock {

    long nowNs();
}
