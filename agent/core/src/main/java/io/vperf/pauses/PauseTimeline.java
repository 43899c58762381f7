package io.vperf.pauses;

/**
 * The last pauses, in the order in which they became known, which is that of their ends but for few. Room is fixed: the oldest is
 * overwritten, and nothing is known of the time before its end any more. Pure: knows no clock and no thread.
 */
final class PauseTimeline {

    /** begin, stopped, let go, end; for the unplaced how long they were, all together; the latest end so far. */
    private static final int STRIDE = 6;

    /** In the last place: this one is a pause, not a stretch with pauses somewhere in it. */
    private static final long PLACED = -1;

    private final long[] ring;
    private final int capacity;
    private long added;
    private long knownFromNs;
    private long latestEndNs;

    /**
     * @param capacity how many pauses are kept, 48 bytes each
     * @param fromNs nothing is known of the time before
     */
    PauseTimeline(int capacity, long fromNs) {
        this.capacity = capacity;
        this.ring = new long[capacity * STRIDE];
        this.knownFromNs = fromNs;
        this.latestEndNs = fromNs;
    }

    void add(Pause pause) {
        put(pause.beginNs(), pause.stoppedNs(), pause.letGoNs(), pause.endNs(), PLACED);
    }

    /** Pauses somewhere in a stretch. */
    void addUnplaced(long fromNs, long toNs, long lengthNs) {
        put(fromNs, fromNs, toNs, toNs, lengthNs);
    }

    private void put(long beginNs, long stoppedNs, long letGoNs, long endNs, long unplacedNs) {
        int at = slot(added);
        if (added >= capacity) {
            knownFromNs = ring[at + 5];
        }
        latestEndNs = endNs - latestEndNs > 0 ? endNs : latestEndNs;
        ring[at] = beginNs;
        ring[at + 1] = stoppedNs;
        ring[at + 2] = letGoNs;
        ring[at + 3] = endNs;
        ring[at + 4] = unplacedNs;
        ring[at + 5] = latestEndNs;
        added++;
    }

    private int slot(long number) {
        return (int) (number % capacity) * STRIDE;
    }

    /** How many were overwritten. */
    long overwritten() {
        return Math.max(0, added - capacity);
    }

    /** Of a stretch that is covered to its end. Takes the longer, the further back it began. */
    Overlap overlap(long fromNs, long toNs) {
        if (fromNs - knownFromNs < 0) {
            return Overlap.UNKNOWN;
        }
        long atLeastNs = 0;
        long atMostNs = 0;
        for (long i = added - 1; i >= overwritten(); i--) {
            int at = slot(i);
            if (ring[at + 5] - fromNs <= 0) {
                break; // so did all before it
            }
            long insideNs = common(ring[at], ring[at + 3], fromNs, toNs);
            long lengthNs = ring[at + 4];
            if (lengthNs == PLACED) {
                atLeastNs += common(ring[at + 1], ring[at + 2], fromNs, toNs);
                atMostNs += insideNs;
            } else {
                long outsideNs = ring[at + 3] - ring[at] - insideNs;
                atLeastNs += Math.max(0, lengthNs - outsideNs);
                atMostNs += Math.min(lengthNs, insideNs);
            }
        }
        // Stretches with unplaced pauses may hold placed ones, too.
        long mostNs = toNs - fromNs;
        return atMostNs == 0 ? Overlap.NONE : new Overlap(Math.min(atLeastNs, mostNs), Math.min(atMostNs, mostNs));
    }

    private static long common(long beginNs, long endNs, long fromNs, long toNs) {
        return Math.max(0, Math.min(endNs, toNs) - Math.max(beginNs, fromNs));
    }
}
