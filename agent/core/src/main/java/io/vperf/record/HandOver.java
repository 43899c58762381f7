package io.vperf.record;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where application threads leave finished calls for the sampler's thread. None of them waits, for another or for the sampler: with a
 * monitor here, six busy threads on two vCPUs were blocked for 1 to 28 ms each in some seconds, whenever the one that held it lost
 * its vCPU; and the JVM counted that as the application's own.
 *
 * <p>A thread claims a row, then writes it. The sampler exchanges the batch for an empty one, closes it, and waits for the
 * rows that are claimed and not written yet.
 */
final class HandOver {

    private static final int SPINS = 100;
    private static final long PAUSE_NS = 20_000;

    /** Rows, and how many are claimed and written. */
    private static final class Batch {

        final CallRows rows;

        /** Beyond the capacity: the batch is full or closed. */
        final AtomicInteger claimed = new AtomicInteger();

        final AtomicInteger written = new AtomicInteger();

        Batch(int capacity) {
            rows = new CallRows(capacity);
        }
    }

    private final int capacity;
    private volatile Batch open;

    /** The sampler's own, as is {@link #taken}. */
    private Batch spare;

    private int taken;

    /** The sampler's thread while it sleeps for long, until the first call wakes it. */
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

    HandOver(int capacity) {
        this.capacity = capacity;
        this.open = new Batch(capacity);
        this.spare = new Batch(capacity);
    }

    /** Called by application threads, for a call that {@link CallRows#put} describes; false if there is no room. */
    boolean offer(long word, Frame frame, long exitNs, long cpuNs, long selfNs, @Nullable SlowContext context) {
        try {
            if (sleeper.get() == null) {
                StackRoom.ensureLittle();
            } else {
                StackRoom.ensure();
            }
        } catch (StackOverflowError e) {
            return false; // a row that is claimed has to be written
        }
        while (true) {
            Batch to = open;
            int row = to.claimed.getAndIncrement();
            if (row < capacity) {
                try {
                    to.rows.put(row, word, frame, exitNs, cpuNs, selfNs, context);
                } finally {
                    to.written.incrementAndGet();
                }
                wake();
                return true;
            }
            if (to == open) {
                return false;
            }
        }
    }

    private void wake() {
        try {
            Thread asleep = sleeper.get();
            if (asleep != null && sleeper.compareAndSet(asleep, null)) {
                LockSupport.unpark(asleep);
            }
        } catch (StackOverflowError e) {
            // It wakes up by itself, later; the row is there.
        }
    }

    /** Sleeps until a call is offered, or for so long; may return early. One that was offered before is seen here, a later one sees the sleeper. */
    void await(long atMostNs) {
        sleeper.set(Thread.currentThread());
        if (isEmpty()) {
            LockSupport.parkNanos(this, atMostNs);
        }
        sleeper.set(null);
    }

    boolean isEmpty() {
        return open.claimed.get() == 0;
    }

    /** Takes what was offered, {@link #taken} rows, which stay as they are until the next time. Called by the sampler's thread. */
    CallRows take() {
        Batch full = open;
        Batch next = spare;
        next.written.set(0);
        next.claimed.set(0);
        open = next;
        taken = Math.min(full.claimed.getAndAdd(capacity), capacity);
        for (int i = 0; full.written.get() < taken; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PAUSE_NS); // a thread has lost its vCPU between claiming and writing
            }
        }
        spare = full;
        return full.rows;
    }

    int taken() {
        return taken;
    }
}
