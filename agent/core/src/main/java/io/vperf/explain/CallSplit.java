package io.vperf.explain;

import io.vperf.clock.ThreadClock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** One call's {@link WallSplit} in the making; made once, and used for one call after the other. */
public final class CallSplit {

    static final long UNKNOWN = ThreadClock.UNKNOWN;

    private static final Part[] PARTS = Part.values();

    private final long[] ns = new long[PARTS.length];
    private long leftNs;
    private long pausedNs;
    private long blockedWhileStolenNs;

    /** All of a call's wall time is still to be told. */
    void begin(long wallNs) {
        Arrays.fill(ns, 0);
        leftNs = wallNs;
        pausedNs = UNKNOWN;
        blockedWhileStolenNs = UNKNOWN;
    }

    /** What no part has yet. */
    long leftNs() {
        return leftNs;
    }

    /** Gives a part so much of what is left; what is not left it cannot have. */
    long take(Part part, long wantedNs) {
        long takenNs = Math.max(0, Math.min(wantedNs, leftNs));
        ns[part.at()] += takenNs;
        leftNs -= takenNs;
        return takenNs;
    }

    /** Moves a share of one part to another. */
    void move(Part from, Part to, long movedNs) {
        ns[from.at()] -= movedNs;
        ns[to.at()] += movedNs;
    }

    void setPausedNs(long value) {
        pausedNs = value;
    }

    void setBlockedWhileStolenNs(long value) {
        blockedWhileStolenNs = value;
    }

    /** Nanoseconds of a part. */
    public long ns(Part part) {
        return ns[part.at()];
    }

    /** See {@link WallSplit#pausedNs}; {@link ThreadClock#UNKNOWN} where it is. */
    public long pausedNs() {
        return pausedNs;
    }

    /** See {@link WallSplit#blockedWhileStolenNs}; {@link ThreadClock#UNKNOWN} where it is. */
    public long blockedWhileStolenNs() {
        return blockedWhileStolenNs;
    }

    /** To be kept. */
    public WallSplit toWallSplit() {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        for (Part part : PARTS) {
            parts.put(part, ns[part.at()]);
        }
        return new WallSplit(
                parts,
                pausedNs == UNKNOWN ? null : Long.valueOf(pausedNs),
                blockedWhileStolenNs == UNKNOWN ? null : Long.valueOf(blockedWhileStolenNs));
    }
}
