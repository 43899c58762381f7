package io.vperf.clock;

import io.vperf.shim.Capability;
import org.jspecify.annotations.Nullable;

/**
 * For how long one native thread has been switched out, as far as the kernel tells, in sums that grow from switch to
 * switch. Used by that thread alone. A switch costs two more system calls, so the sums are only kept
 * {@linkplain GapLedger#isStealAbout while they matter}; of calls over a switch that nobody asked the kernel about they are
 * unknown.
 *
 * <p>A thread that lost its vCPU to another one waits for its turn, which is run delay. One that gave it up waits for
 * something else first, for how long the kernel does not tell.
 */
public final class ThreadWaits {

    /** Of a thread of which nothing is known. Never changes. */
    static final ThreadWaits UNKNOWN = new ThreadWaits(null, Long.MAX_VALUE);

    private WaitCounters.@Nullable Source source;
    private @Nullable WaitCounters counters;

    /** Switches may have been since the counters were read. */
    private boolean behind = true;

    private long countedDelayNs;
    private long voluntarySwitches;

    private long waitedNs;
    private long runDelayNs;
    private long waitedBeforeNs;
    private long runDelayBeforeNs;
    private long waitUnknownUntilNs;
    private long delayUnknownUntilNs;

    /**
     * @param source null: only that there was no switch can be told
     */
    ThreadWaits(WaitCounters.@Nullable Source source) {
        this(source, Long.MIN_VALUE);
    }

    private ThreadWaits(WaitCounters.@Nullable Source source, long unknownUntilNs) {
        this.source = source;
        waitUnknownUntilNs = unknownUntilNs;
        delayUnknownUntilNs = unknownUntilNs;
    }

    /** The clock's offset is about to be renewed. */
    void renewalBegins() {
        waitedBeforeNs = waitedNs;
        runDelayBeforeNs = runDelayNs;
    }

    /**
     * Whether the counters have to be read now.
     *
     * @param matters whether the sums are of use
     */
    boolean isDue(boolean switched, boolean matters) {
        return (switched || behind) && matters && (counters != null || source != null);
    }

    /** The thread was switched, and the counters are not read. */
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
        WaitCounters kernel = counters();
        long voluntary = kernel == null ? -1 : kernel.voluntarySwitches();
        long delayNs = kernel == null ? -1 : kernel.runDelayNs();
        if (voluntary < 0 || delayNs < 0) {
            if (switched) {
                miss(readingNs);
            }
            return;
        }
        if (!behind) {
            long moreNs = delayNs - countedDelayNs;
            runDelayNs += moreNs;
            if (voluntary == voluntarySwitches) {
                waitedNs += moreNs;
            } else {
                waitUnknownUntilNs = readingNs;
            }
        } else if (switched) {
            miss(readingNs);
        }
        behind = false;
        countedDelayNs = delayNs;
        voluntarySwitches = voluntary;
    }

    private @Nullable WaitCounters counters() {
        if (counters == null && source != null) {
            Capability<WaitCounters> asked = source.forThisThread();
            source = null; // once is enough
            if (asked instanceof Capability.Available<WaitCounters> found) {
                counters = found.value();
            }
        }
        return counters;
    }

    /** Whether the last renewal found that the thread had waited. */
    public boolean haveGrown() {
        return waitedNs != waitedBeforeNs || runDelayNs != runDelayBeforeNs;
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
        if (counters != null) {
            counters.close();
        }
    }
}
