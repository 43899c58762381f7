package io.vperf.record;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A thread as a key that does not keep it alive. Equal if it is the same thread: before JDK 19 a subclass can answer any
 * thread id it likes.
 */
final class ThreadKey extends WeakReference<Thread> {

    private final int hash;

    ThreadKey(Thread thread) {
        super(thread);
        this.hash = System.identityHashCode(thread);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true; // also when the thread is gone, so that its entry can be removed
        }
        Thread t = get();
        return t != null && other instanceof ThreadKey key && key.refersTo(t);
    }
}
