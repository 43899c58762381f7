package io.vperf.pauses;

/**
 * When pauses ended. A line of the log says when it was written, which is later: by some 10 microseconds as a rule, by milliseconds where the
 * VM thread was kept from running in between. But lines also say, to the nanosecond, how long after the end of the one before
 * a pause began. So each end has two witnesses, both of which can only be too late, and the earlier one is right. Pure.
 */
final class PauseEnds {

    /** Lines may get lost; the line before one that was tells of an end too early by the time between two pauses. */
    private static final long MOST_LATE_NS = 1_000_000;

    private boolean isFirst = true;
    private long lastNs;

    /** Of the next pause, on the scale of {@code loggedNs}. */
    long endNs(long loggedNs, long sinceLastNs, long totalNs) {
        long chainedNs = lastNs + sinceLastNs + totalNs;
        long lateNs = loggedNs - chainedNs;
        lastNs = isFirst || lateNs < 0 || lateNs > MOST_LATE_NS ? loggedNs : chainedNs;
        isFirst = false;
        return lastNs;
    }
}
