package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Virtual threads of which one is the first to need the class of a measured method, and others run meanwhile. Argument: how many.
 */
public final class VirtualLate {

    private static final AtomicInteger MADE = new AtomicInteger();

    private VirtualLate() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add((Thread) start.invoke(null, (Runnable) VirtualLate::sleepAndCall));
        }
        for (Thread one : all) {
            one.join();
        }
        System.out.println("made=" + MADE.get());
    }

    private static void sleepAndCall() {
        try {
            Thread.sleep(2);
            Late.sleepTwice();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loaded by the first that comes, in the midst of a mount that nobody has told of. */
    private static final class Late {

        @Measured
        static void sleepTwice() throws InterruptedException {
            Thread.sleep(2);
            Thread.sleep(2);
            MADE.incrementAndGet();
        }
    }
}
