package io.vperf.record;

import io.vperf.lock.BriefLock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * How many calls one thread made that were not measured, by the counters of {@link CallSampling}. Only ever grows, and what
 * is in the method's figures already is remembered apart: whoever folds takes nothing away from under the thread.
 */
final class CallCounts {

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle COUNTS;

    static {
        try {
            COUNTS = MethodHandles.lookup().findVarHandle(CallCounts.class, "counts", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final BriefLock lock = new BriefLock();

    /** Released by the thread when it has grown, acquired by whoever folds. */
    private long[] counts = new long[0];

    /** Guarded by the lock. */
    private long[] folded = new long[0];

    /** Called by the owning thread only, or by several that hold its lock. */
    void add(int counter) {
        long[] c = counts;
        if (counter >= c.length) {
            c = Arrays.copyOf(c, counter + 1);
            COUNTS.setRelease(this, c);
        }
        COUNT.setOpaque(c, counter, c[counter] + 1);
    }

    /** Moves what was counted so far into the figures of the methods. Called by any thread. */
    void fold(CallSampling sampling, MethodTable methods) {
        lock.lock();
        try {
            foldAll(sampling, methods);
        } finally {
            lock.held = false;
            lock.wake();
        }
    }

    private void foldAll(CallSampling sampling, MethodTable methods) {
        long[] c = (long[]) COUNTS.getAcquire(this);
        if (folded.length < c.length) {
            folded = Arrays.copyOf(folded, c.length);
        }
        for (int counter = 0; counter < c.length; counter++) {
            long count = (long) COUNT.getOpaque(c, counter);
            if (count != folded[counter]) {
                MethodStats stats = methods.get(sampling.methodId(counter));
                stats.lock.lock();
                try {
                    stats.addCounted(count - folded[counter]);
                } finally {
                    stats.lock.held = false;
                    stats.lock.wake();
                }
                folded[counter] = count;
            }
        }
    }
}
