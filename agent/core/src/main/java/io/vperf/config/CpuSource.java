package io.vperf.config;

import java.util.List;

/** Where thread CPU time is taken from. */
public enum CpuSource {
    /** The cheapest that works. */
    AUTO,
    /** Extrapolation from the wall clock, watched by restartable sequences. */
    RSEQ,
    /** Extrapolation, watched by a perf event's page. */
    PERF,
    /** {@code clock_gettime}. */
    SYSCALL,
    /** {@code java.lang.management.ThreadMXBean}. */
    MXBEAN,
    /** Not at all. */
    OFF;

    /** What {@link #AUTO} tries, in this order. */
    public static final List<CpuSource> BY_COST = List.of(RSEQ, PERF, SYSCALL, MXBEAN);

    public boolean needsNativeCode() {
        return this == RSEQ || this == PERF || this == SYSCALL;
    }
}
