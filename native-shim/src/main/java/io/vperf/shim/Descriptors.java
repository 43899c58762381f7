package io.vperf.shim;

import java.util.concurrent.atomic.AtomicInteger;

/** How many file descriptors may be held for threads at a time, whatever they are for. Any thread may call. */
public final class Descriptors {

    private final int most;
    private final AtomicInteger held = new AtomicInteger();

    public Descriptors(int most) {
        this.most = most;
    }

    /** Whether one more may be opened, which {@link #giveBack} has to follow. */
    boolean take() {
        if (held.incrementAndGet() > most) {
            held.decrementAndGet();
            return false;
        }
        return true;
    }

    void giveBack() {
        held.decrementAndGet();
    }
}
