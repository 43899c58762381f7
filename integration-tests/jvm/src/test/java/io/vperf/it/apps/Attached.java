package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.util.concurrent.atomic.AtomicLong;

/** Measured calls of native threads that attach and detach. Arguments: the JNI library, how many threads, how often each. */
public final class Attached {

    private static final int CALLS = 10;
    private static final AtomicLong MADE = new AtomicLong();

    private Attached() {}

    public static void main(String[] args) {
        System.load(args[0]);
        int failed = run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        System.out.println("made=" + MADE);
        System.out.println("failed=" + failed);
    }

    static native int run(int threads, int times);

    /** Called from C. */
    static void calls() {
        for (int i = 0; i < CALLS; i++) {
            MADE.addAndGet(work(i));
        }
    }

    @Measured
    static int work(int i) {
        if (i == 0) {
            try {
                Thread.sleep(0, 100_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return 1;
    }
}
