package io.vperf.clock;

/**
 * Elapsed CLOCK_MONOTONIC in nanoseconds; only differences mean anything. On Linux this is {@link System#nanoTime()},
 * which HotSpot answers from the same clock without a system call.
 */
public interface WallClock {

    long nowNs();

    /** Called by the sampler at every sample, every 10 ms to 10 s, one call at a time. A clock of the kernel's needs none. */
    default void discipline() {}
}
