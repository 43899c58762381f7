package io.vperf.clock;

import org.jspecify.annotations.Nullable;

/**
 * For how long one native thread has been switched out, as far as the kernel tells, in sums that grow from switch to
 * switch. Used by that thread alone. A switch costs two or three more system calls, so the sums are only kept
 * {@linkplain GapLedger#isStealAbout while they matter}; of calls over a switch that nobody asked the kernel about they are
 * unknown.
 *
 * <p>A thread that lost its vCPU to another one waits for its turn, which is run delay. One that gave it up waits for
 * something else first: for how long, only its {@link TaskTime} tells, which it gets after it did so for the first time.
 */
public final class ThreadWaits {

    /** Of a thread of which nothing is known. Never changes. */
    static final ThreadWaits UNKNOWN = new ThreadWaits(null, new OwnCounters(null), () -> 0, 0, Long.MAX_VALUE);

    private final @Nullable WaitSources sources;
    private final OwnCounters counters;
    private final WallClock wall;
    private final long quietNs;

    private boolean timeAsked;
    private SwitchedOut switchedOut = SwitchedOut.NEVER_TOLD;

    /** Switches may have been since the counters were read. */
    private boolean behind = true;

    private long countedDelayNs;
    private long voluntarySwitches;

    // Of this renewal, which may ask more than once: what was counted and what was seen on the other clock need not be
    // of the same one.
    private boolean blocked;
    private long outNs;
    private boolean caughtUp;

    private long waitedNs;
    private long runDelayNs;
    private long waitedBeforeNs;
    private long runDelayBeforeNs;
    private long waitUnknownUntilNs;
    private long delayUnknownUntilNs;

    /**
     * @param sources null: only that there was no switch can be told
     * @param counters the thread's
     * @param quietNs a reading of the kernel's clocks that takes longer was disturbed
     */
    ThreadWaits(@Nullable WaitSources sources, OwnCounters counters, WallClock wall, long quietNs) {
        this(sources, counters, wall, quietNs, Long.MIN_VALUE);
    }

    private ThreadWaits(
            @Nullable WaitSources sources, OwnCounters counters, WallClock wall, long quietNs, long unknownUntilNs) {
        this.sources = sources;
        this.counters = counters;
        this.wall = wall;
        this.quietNs = quietNs;
        waitUnknownUntilNs = unknownUntilNs;
        delayUnknownUntilNs = unknownUntilNs;
    }

    /** The clock's offset is about to be renewed. */
    void renewalBegins() {
        waitedBeforeNs = waitedNs;
        runDelayBeforeNs = runDelayNs;
        blocked = false;
        outNs = 0;
        caughtUp = false;
    }

    /**
     * Whether the counters have to be read now.
     *
     * @param matters whether the sums are of use
     */
    boolean isDue(boolean switched, boolean matters) {
        return (switched || behind) && matters && counters.mayBeThere();
    }

    /** The thread was switched, and the counters are not read, or it was switched while they were. */
    void miss(long readingNs) {
        behind = true;
        doubt(readingNs);
    }

    /** What was before this reading and what after cannot be told apart. */
    void doubt(long readingNs) {
        waitUnknownUntilNs = readingNs;
        delayUnknownUntilNs = readingNs;
    }

    /**
     * Asks the kernel.
     *
     * @param readingNs the first reading since which the thread may have been switched
     */
    void update(long readingNs, boolean switched) {
        WaitCounters kernel = counters.get();
        long moreOutNs = switchedOut.sinceLastLookNs();
        long voluntary = kernel == null ? -1 : kernel.voluntarySwitches();
        long delayNs = kernel == null ? -1 : kernel.runDelayNs();
        if (voluntary < 0 || delayNs < 0) {
            if (switched) {
                miss(readingNs);
            }
            return;
        }
        if (!behind) {
            runDelayNs += delayNs - countedDelayNs;
            blocked |= voluntary != voluntarySwitches;
            boolean seen = outNs != SwitchedOut.UNKNOWN && moreOutNs != SwitchedOut.UNKNOWN;
            outNs = seen ? outNs + moreOutNs : SwitchedOut.UNKNOWN;
            if (blocked && !seen) {
                waitUnknownUntilNs = readingNs;
                beginToSeeBlocks();
            } else {
                long delayedNs = runDelayNs - runDelayBeforeNs;
                waitedNs = waitedBeforeNs + (blocked ? Math.max(outNs, delayedNs) : delayedNs);
            }
        }
        caughtUp |= behind;
        if (switched && caughtUp) {
            doubt(readingNs); // not all of it was counted, or it was in what was caught up with
        }
        behind = false;
        countedDelayNs = delayNs;
        voluntarySwitches = voluntary;
    }

    private void beginToSeeBlocks() {
        if (!timeAsked && sources != null && sources.isTimeReady()) {
            timeAsked = true;
            switchedOut = new SwitchedOut(sources.timeOfThisThread(), wall, quietNs);
        }
    }

    /** Nanoseconds switched out so far; only a difference means anything. */
    public long waitedNs() {
        return waitedNs;
    }

    /** {@link #waitedNs} before the last renewal. */
    public long waitedBeforeNs() {
        return waitedBeforeNs;
    }

    /** The part of {@link #waitedNs} in which the thread was runnable. */
    public long runDelayNs() {
        return runDelayNs;
    }

    /** {@link #runDelayNs} before the last renewal. */
    public long runDelayBeforeNs() {
        return runDelayBeforeNs;
    }

    /** What {@link #waitedNs} has grown by since an earlier wall time is unknown. */
    public boolean isWaitUnknownSince(long entryNs) {
        return entryNs < waitUnknownUntilNs;
    }

    /** What {@link #runDelayNs} has grown by since an earlier wall time is unknown. */
    public boolean isDelayUnknownSince(long entryNs) {
        return entryNs < delayUnknownUntilNs;
    }

    /** The native thread has ended, or reads no more. */
    void close() {
        counters.close();
        switchedOut.close();
    }
}
