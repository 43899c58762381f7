package io.vperf.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Finished short calls of one native thread, on their way into the histograms. The thread appends without a lock; who
 * takes entries out (the thread itself when the journal is full, the dumper at the end of an interval) holds this object's
 * monitor. So the histograms of a method are touched once for many calls, and by one thread at a time.
 */
final class Journal {

    /** One call: its word (see {@link CallWords}), wall, CPU and self time in nanoseconds. */
    private static final int STRIDE = 4;

    /** 8 KiB a thread. Longer would save little: the monitor is taken once per this many calls. */
    private static final int CAPACITY = 256;

    private static final VarHandle WRITTEN;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(Journal.class, "written", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] entries = new long[CAPACITY * STRIDE];
    private final MethodTable methods;

    /** Number of entries appended. Released by the owner after the entry is complete, acquired by whoever folds. */
    private int written;

    /** Number of entries already in the histograms; guarded by this. */
    private int folded;

    Journal(MethodTable methods) {
        this.methods = methods;
    }

    /** Called by the owning thread only. */
    void append(long word, long wallNs, long cpuNs, long selfNs) {
        int n = written;
        if (n == CAPACITY) {
            empty();
            n = 0;
        }
        int at = n * STRIDE;
        entries[at] = word;
        entries[at + 1] = wallNs;
        entries[at + 2] = cpuNs;
        entries[at + 3] = selfNs;
        WRITTEN.setRelease(this, n + 1);
    }

    /**
     * Called on application threads, whose stack may be all but full: an overflow half-way through would leave a call in
     * one histogram and not in the other, or enter a stretch of calls twice. So it is made to happen before anything is.
     */
    private synchronized void empty() {
        StackRoom.ensure();
        foldTo(CAPACITY);
        folded = 0;
        written = 0;
    }

    /** Moves what is complete into the histograms. Called by any thread. */
    synchronized void fold() {
        foldTo((int) WRITTEN.getAcquire(this));
    }

    private void foldTo(int end) {
        int from = folded;
        while (from < end) {
            // One stretch of calls of the same method: one lock.
            int methodId = CallWords.methodId(entries[from * STRIDE]);
            int to = from + 1;
            while (to < end && CallWords.methodId(entries[to * STRIDE]) == methodId) {
                to++;
            }
            MethodStats stats = methods.get(methodId);
            synchronized (stats) {
                for (int at = from * STRIDE; at < to * STRIDE; at += STRIDE) {
                    stats.addShort(entries[at], entries[at + 1], entries[at + 2], entries[at + 3]);
                }
            }
            from = to;
        }
        folded = end;
    }
}
