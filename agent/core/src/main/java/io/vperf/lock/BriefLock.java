package io.vperf.lock;

import io.vperf.shim.Futex;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A lock for some microseconds, which application threads take in their probes and vperf's threads take, too. Who waits for it is
 * neither blocked nor waiting to the JVM, which would count that as the application's own: with monitors, four threads on
 * two vCPUs that called a method of 0.1 µs were blocked for 2 % of their time, up to 25 ms each time, whenever the one that
 * held it had lost its vCPU. And a virtual thread stays on its carrier: it would be queued behind all others with a lock held.
 *
 * <p>Who waits sleeps until it is woken, and not for a time: threads that looked every 20 µs to 1.3 ms made half as many calls.
 *
 * <p>Not reentrant. It is given back in a finally block by a store, of false to {@link #held}: there may be no room on the stack
 * to call a method. {@link #wake} follows, and where that is not reached, who waits looks again after a millisecond.
 */
public final class BriefLock {

    /** Some 8 µs: longer than one holds it that has its vCPU. */
    private static final int SPINS = 200;

    private static final VarHandle HELD;

    private static final AtomicInteger NEXT_WORD = new AtomicInteger();

    static {
        try {
            HELD = MethodHandles.lookup().findVarHandle(BriefLock.class, "held", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Set to false by who holds it, and never otherwise. */
    public volatile boolean held;

    /** Somebody may be asleep. */
    private volatile boolean contended;

    private final int word = NEXT_WORD.getAndIncrement() & (Futex.WORDS - 1);

    /**
     * Waits for it, if need be.
     *
     * @throws StackOverflowError and does not hold it then
     */
    public void lock() {
        if (!tryLock()) {
            await();
        }
    }

    /** Takes it, if it is free. */
    private boolean tryLock() {
        return HELD.compareAndSet(this, false, true);
    }

    /** To be called when it has been given back. */
    public void wake() {
        if (contended) {
            contended = false; // before the word changes: who reads that afterwards says so again
            Futex.change(word);
        }
    }

    private void await() {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
            if (!held && tryLock()) {
                return;
            }
        }
        while (true) {
            int value = Futex.value(word);
            contended = true; // and stays so for others, if it can be taken now
            if (tryLock()) {
                return;
            }
            boolean ignored = Futex.await(word, value);
        }
    }
}
