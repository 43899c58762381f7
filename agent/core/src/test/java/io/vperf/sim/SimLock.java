package io.vperf.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A lock that is handed over in the order of asking. */
final class SimLock {

    private final Deque<SimThread> waiting = new ArrayDeque<>();
    private @Nullable SimThread owner;

    /** False if the thread has to wait; it has the lock when it is woken. */
    boolean acquire(SimThread thread) {
        if (owner == null) {
            owner = thread;
            return true;
        }
        waiting.add(thread);
        return false;
    }

    /** Whom to wake, or null. */
    @Nullable
    SimThread release(SimThread thread) {
        if (owner != thread) {
            throw new IllegalStateException("thread " + thread.id() + " does not hold the lock");
        }
        owner = waiting.poll();
        return owner;
    }
}
