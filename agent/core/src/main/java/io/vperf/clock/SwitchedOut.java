package io.vperf.clock;

import org.jspecify.annotations.Nullable;

/**
 * For how long one native thread was switched out between two looks: what has passed of wall time and not of its {@link
 * TaskTime}. Used by that thread alone. The two clocks may drift apart while NTP slews the wall clock, by 0.5 ms a second at
 * most.
 */
final class SwitchedOut {

    static final long UNKNOWN = Long.MIN_VALUE;

    /** Of a thread whose time is not to be had, or not yet. */
    static final SwitchedOut NEVER_TOLD = new SwitchedOut(null, () -> 0, 0);

    private static final int ATTEMPTS = 4;

    private final @Nullable TaskTime time;
    private final WallClock wall;
    private final long quietNs;

    private boolean seen;
    private long outNs;

    /**
     * @param quietNs a look that takes longer was disturbed
     */
    SwitchedOut(@Nullable TaskTime time, WallClock wall, long quietNs) {
        this.time = time;
        this.wall = wall;
        this.quietNs = quietNs;
        seen = time != null && look(time);
    }

    /**
     * Nanoseconds, or {@link #UNKNOWN} if this look or the last one did not succeed. Below 0 by two readings' errors at most.
     */
    long sinceLastLookNs() {
        if (time == null) {
            return UNKNOWN;
        }
        boolean seenBefore = seen;
        long outBeforeNs = outNs;
        seen = look(time);
        return seenBefore && seen ? outNs - outBeforeNs : UNKNOWN;
    }

    private boolean look(TaskTime at) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long beforeNs = wall.nowNs();
            long inNs = at.nowNs();
            long afterNs = wall.nowNs();
            if (inNs < 0) {
                return false;
            }
            if (afterNs - beforeNs <= quietNs) {
                outNs = beforeNs + (afterNs - beforeNs) / 2 - inNs;
                return true;
            }
        }
        return false;
    }

    void close() {
        if (time != null) {
            time.close();
        }
    }
}
