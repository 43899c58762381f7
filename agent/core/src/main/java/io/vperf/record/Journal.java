package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.counters.CallCounters.ThreadReader;
import io.vperf.lock.BriefLock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Finished short calls of one native thread, on their way into the histograms. The thread appends without a lock; who
 * takes entries out (the thread itself when the journal is full, the dumper at the end of an interval) holds its lock. So
 * the histograms of a method are touched once for many calls, and by one thread at a time.
 */
final class Journal {

    /** A plain call: its word (see {@link CallWords}) and one time, which is wall, self and, if that is known, CPU time in nanoseconds. */
    private static final int PLAIN_LONGS = 2;

    /** Any other: its word, wall, CPU and self time, and how many measured callees it had. */
    private static final int LONGS = 5;

    /** With {@link CallWords#SAMPLED}: also the time of a reading of nothing, and how many callees were only counted. */
    private static final int SAMPLED_LONGS = 7;

    /** With {@link CallWords#COUNTED}: its word, which counts are estimates, and each of them. */
    private static final int COUNTED_LONGS = 2;

    /** 8 KiB a thread, and half as much for {@link #RESERVE}. More would save little: the lock is taken once per 204 calls at least where every call is measured. */
    private static final int CAPACITY = 1024;

    /** For calls that end where the stack has no room for folding; they wait for one that ends further down. */
    private static final int RESERVE = 512;

    /** Methods whose ids differ by a multiple of it take turns in one list. A power of two. */
    private static final int LISTS = 64;

    private static final short NONE = -1;

    private static final VarHandle WRITTEN;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(Journal.class, "written", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final BriefLock lock = new BriefLock();

    private final long[] entries = new long[CAPACITY + RESERVE];
    private final MethodTable methods;
    private final int counters;

    /** Of each list its first stretch and its last; of each stretch, by half its beginning, the next one; guarded by the lock. */
    private final short[] first = new short[LISTS];

    private final short[] last = new short[LISTS];
    private final short[] next = new short[(CAPACITY + RESERVE) / PLAIN_LONGS];

    /** Of the method that is being folded; guarded by the lock, and empty before and after. */
    private final SmallTimes small = new SmallTimes();

    /** How many longs are written. Released by the owner after the entry is complete, acquired by whoever folds. */
    private int written;

    /** How many of them are in the histograms already; guarded by the lock. */
    private int folded;

    Journal(MethodTable methods, int counters) {
        this.methods = methods;
        this.counters = counters;
    }

    /** Whether {@link #appendPlain} has no room. Asked by the owning thread only. */
    boolean isFull() {
        return written + PLAIN_LONGS > CAPACITY;
    }

    /**
     * Called by the owning thread only, for a call that {@link CallWords#PLAIN} describes, and not if this {@link #isFull}: then
     * it has to be appended in another way, which folds. That may load a class, whose transformer may make measured calls on this
     * thread; so it must happen where these are refused.
     */
    void appendPlain(long word, long ns) {
        int at = written;
        entries[at] = word | CallWords.PLAIN;
        entries[at + 1] = ns;
        WRITTEN.setRelease(this, at + PLAIN_LONGS);
    }

    /** Called by the owning thread only, while it refuses other calls: see {@link #appendPlain}. */
    void append(long word, long wallNs, long cpuNs, long selfNs, long callees) {
        int at = room(LONGS);
        entries[at] = word;
        entries[at + 1] = wallNs;
        entries[at + 2] = cpuNs;
        entries[at + 3] = selfNs;
        entries[at + 4] = callees;
        WRITTEN.setRelease(this, at + LONGS);
    }

    /** As {@link #append}, for a call that was drawn, or whose callees were. */
    void appendSampled(
            long word, long wallNs, long cpuNs, long selfNs, long callees, long controlNs, long countedCallees) {
        int at = room(SAMPLED_LONGS);
        entries[at] = word | CallWords.SAMPLED;
        entries[at + 1] = wallNs;
        entries[at + 2] = cpuNs;
        entries[at + 3] = selfNs;
        entries[at + 4] = callees;
        entries[at + 5] = controlNs;
        entries[at + 6] = countedCallees;
        WRITTEN.setRelease(this, at + SAMPLED_LONGS);
    }

    /** Called by the owning thread only, for what counters say of a call, besides its times. */
    void appendCounts(long word, ThreadReader reader, long[] entry, long[] exit) {
        int longs = COUNTED_LONGS + counters;
        int at = room(longs);
        entries[at] = word | CallWords.COUNTED;
        entries[at + 1] = reader.counts(entry, exit, entries, at + COUNTED_LONGS);
        WRITTEN.setRelease(this, at + longs);
    }

    private int longs(long word) {
        if (CallWords.is(word, CallWords.PLAIN)) {
            return PLAIN_LONGS;
        }
        if (CallWords.is(word, CallWords.COUNTED)) {
            return COUNTED_LONGS + counters;
        }
        return CallWords.is(word, CallWords.SAMPLED) ? SAMPLED_LONGS : LONGS;
    }

    private int room(int longs) {
        int at = written;
        if (at + longs <= CAPACITY) {
            return at;
        }
        try {
            empty();
            return 0;
        } catch (StackOverflowError e) {
            if (at + longs <= CAPACITY + RESERVE) {
                return at;
            }
            throw e;
        }
    }

    /**
     * Called on application threads, whose stack may be all but full: an overflow half-way through would leave a call in
     * one histogram and not in the other, or enter a stretch of calls twice. So it is made to happen before anything is.
     */
    private void empty() {
        StackRoom.ensure();
        lock.lock();
        try {
            foldTo(written);
            folded = 0;
            written = 0;
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    /** Moves what is complete into the histograms. Called by any thread. */
    void fold() {
        lock.lock();
        try {
            foldTo((int) WRITTEN.getAcquire(this));
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    /**
     * Method by method, though calls of many come in turn: one lock for all calls of a method. With one for each stretch of
     * calls of the same method, two threads that called 16 methods in turn paid 1.8 to 2.6 times what one did.
     */
    private void foldTo(int end) {
        if (end == folded) {
            return;
        }
        sort(end);
        for (short stretch : first) {
            int at = stretch;
            while (at != NONE) {
                int methodId = CallWords.methodId(entries[at]);
                MethodStats stats = methods.get(methodId);
                stats.lock.lock();
                try {
                    do {
                        foldStretch(stats, methodId, at, end);
                        at = next[at / PLAIN_LONGS];
                    } while (at != NONE && CallWords.methodId(entries[at]) == methodId);
                    if (!small.isEmpty()) {
                        small.drainTo(stats.plainTimes());
                    }
                } finally {
                    stats.lock.held = false;
                    stats.lock.wake();
                }
            }
        }
        folded = end;
    }

    /** Links the stretches of calls of the same method, each by where it begins. */
    private void sort(int end) {
        Arrays.fill(first, NONE);
        int methodId = -1;
        for (int at = folded; at < end; at += longs(entries[at])) {
            if (CallWords.methodId(entries[at]) == methodId) {
                continue;
            }
            methodId = CallWords.methodId(entries[at]);
            int list = methodId & (LISTS - 1);
            if (first[list] == NONE) {
                first[list] = (short) at;
            } else {
                next[last[list] / PLAIN_LONGS] = (short) at;
            }
            next[at / PLAIN_LONGS] = NONE;
            last[list] = (short) at;
        }
    }

    private void foldStretch(MethodStats stats, int methodId, int from, int end) {
        long[] e = entries;
        int at = from;
        while (at < end && CallWords.methodId(e[at]) == methodId) {
            if (isPlain(e[at])) {
                at = foldPlain(stats, methodId, at, end);
            } else if (CallWords.is(e[at], CallWords.PLAIN)) {
                stats.addShort(e[at], e[at + 1], ThreadClock.UNKNOWN, e[at + 1]);
                at += PLAIN_LONGS;
            } else if (CallWords.is(e[at], CallWords.COUNTED)) {
                stats.addCounts(e[at], counters, e[at + 1], e, at + COUNTED_LONGS);
                at += COUNTED_LONGS + counters;
            } else {
                if (CallWords.is(e[at], CallWords.UNCORRECTED)) {
                    stats.addUncorrectedLate(e[at], e[at + 1], e[at + 2], e[at + 3]);
                } else {
                    stats.addShort(e[at], e[at + 1], e[at + 2], e[at + 3]);
                }
                stats.addCallees(e[at], e[at + 4]);
                if (CallWords.is(e[at], CallWords.SAMPLED)) {
                    stats.addSampled(e[at], e[at + 1], e[at + 2], e[at + 3], e[at + 5], e[at + 6]);
                }
                at += longs(e[at]);
            }
        }
    }

    /** And of known CPU time. */
    private static boolean isPlain(long word) {
        return (word & (CallWords.PLAIN | CallWords.CPU_UNKNOWN)) == CallWords.PLAIN;
    }

    /** The loop that most calls go through: sums are kept in registers. */
    private int foldPlain(MethodStats stats, int methodId, int from, int end) {
        long[] e = entries;
        Histogram times = stats.plainTimes();
        long calls = 0;
        long sumNs = 0;
        long outermostNs = 0;
        int at = from;
        while (at < end && CallWords.methodId(e[at]) == methodId && isPlain(e[at])) {
            long ns = e[at + 1];
            if (!small.add(ns)) {
                times.recordValue(ns);
            }
            calls++;
            sumNs += ns;
            outermostNs += CallWords.is(e[at], CallWords.OUTERMOST) ? ns : 0;
            at += PLAIN_LONGS;
        }
        stats.addPlain(calls, sumNs, outermostNs);
        return at;
    }
}
