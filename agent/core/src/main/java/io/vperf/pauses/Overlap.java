package io.vperf.pauses;

/**
 * For how much of a stretch the JVM was paused. An overlay, never to be subtracted: a thread that was in native code or blocked was
 * not stopped by the pause.
 *
 * <p>The two bounds differ by the time threads took to stop (a thread may have run on until its next poll) and, since JDK 25, by what it
 * took to let them go; and by all of it for pauses of which only the counters tell: these may have been before or after
 * the stretch.
 *
 * @param atLeastNs for which no Java thread ran
 * @param atMostNs from the first thread asked to stop to the last let go
 */
public record Overlap(long atLeastNs, long atMostNs) {

    /** The stretch, or a part of it, is not covered (any more). */
    public static final Overlap UNKNOWN = new Overlap(-1, -1);

    static final Overlap NONE = new Overlap(0, 0);

    public boolean isKnown() {
        return atLeastNs >= 0;
    }
}
