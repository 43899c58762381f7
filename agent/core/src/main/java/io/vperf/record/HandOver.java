package io.vperf.record;

import java.util.Arrays;
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
 * rows that are claimed and not written yet. The thread's stack may be full, so it says what has become of the row by a store and
 * no call. That there is room was once made sure of beforehand, by calls whose compiled frames turned out smaller than the
 * interpreted ones of what followed: a row left half written was taken for the call that had been there before.
 */
final class HandOver {

    /** In one batch: its row, and an object with a reference to it. */
    static final int BYTES_PER_CALL = CallRows.BYTES + 16 + Integer.BYTES;

    /** Calls of less depth have an eighth of the room for themselves. */
    private static final int SHALLOW = 16;

    private static final int NONE = -1;
    private static final int SPINS = 100;
    private static final long PAUSE_NS = 20_000;

    /** What has become of a row, if it is claimed. */
    private static final class Row {

        static final int UNDECIDED = 0;
        static final int WRITTEN = 1;
        static final int GIVEN_UP = 2;

        volatile int state = UNDECIDED;
    }

    private static final class Batch {

        final CallRows calls;
        final Row[] rows;

        /** Beyond the capacity: the batch is full or closed. */
        final AtomicInteger claimed = new AtomicInteger();

        Batch(int capacity) {
            calls = new CallRows(capacity);
            rows = new Row[capacity];
            Arrays.setAll(rows, i -> new Row());
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

    /**
     * Called by application threads, for a call that {@link CallRows#put} describes; false, and nothing left behind, if there is no
     * room, here or on the thread's stack.
     */
    boolean offer(long word, Frame frame, long exitNs, long cpuNs, long selfNs, @Nullable SlowContext context) {
        Batch to = open;
        int row = claim(to, frame.depth);
        while (row == NONE) {
            if (to == open) {
                return false;
            }
            to = open;
            row = claim(to, frame.depth);
        }
        boolean written = false;
        try {
            to.calls.put(row, word, frame, exitNs, cpuNs, selfNs, context);
            written = true;
        } catch (StackOverflowError e) {
            return false;
        } finally {
            to.rows[row].state = written ? Row.WRITTEN : Row.GIVEN_UP;
        }
        try {
            wake();
        } catch (StackOverflowError e) {
            // The sleeper wakes up by itself, later; the row is there.
        }
        return true;
    }

    /**
     * Of how many calls one of this depth may be the last. A recursion's inner calls end first; where they took all the room, what was
     * found for them would stand in no method, as the outermost call, which adds it up, found none.
     */
    int room(int depth) {
        return depth < SHALLOW ? capacity : capacity - capacity / 8;
    }

    private int claim(Batch of, int depth) {
        int row = of.claimed.get() < room(depth) ? of.claimed.getAndIncrement() : NONE;
        return row < capacity ? row : NONE; // another one was faster
    }

    private void wake() {
        Thread asleep = sleeper.get();
        if (asleep != null && sleeper.compareAndSet(asleep, null)) {
            LockSupport.unpark(asleep);
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
        next.claimed.set(0);
        open = next;
        int rows = Math.min(full.claimed.getAndAdd(capacity), capacity);
        taken = 0;
        for (int row = 0; row < rows; row++) {
            if (isWritten(full.rows[row])) {
                full.calls.move(row, full.calls, taken++);
            }
            full.rows[row].state = Row.UNDECIDED;
        }
        spare = full;
        return full.calls;
    }

    /** Waits where a thread has lost its vCPU between claiming and writing. */
    private boolean isWritten(Row row) {
        for (int i = 0; row.state == Row.UNDECIDED; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PAUSE_NS);
            }
        }
        return row.state == Row.WRITTEN;
    }

    int taken() {
        return taken;
    }
}
