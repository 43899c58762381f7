package io.vperf.benchmarks.apps;

import io.vperf.annotations.Measured;
import java.lang.reflect.Method;

/**
 * Two virtual threads that take turns on their carriers, which is the least that a mount and an unmount can cost. With argument
 * {@code inside} they do so in a measured call, else after one. By reflection: compiled for a JDK that has no virtual threads.
 */
public final class VirtualSwitch {

    private static final int SWITCHES = 1_000_000;
    private static final int ROUNDS = 8;

    private VirtualSwitch() {}

    public static void main(String[] args) throws ReflectiveOperationException, InterruptedException {
        boolean inside = args[0].equals("inside");
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        call();
        long leastNs = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            Runnable task = inside ? VirtualSwitch::measured : VirtualSwitch::takeTurns;
            long fromNs = System.nanoTime();
            Thread one = (Thread) start.invoke(null, task);
            Thread other = (Thread) start.invoke(null, task);
            one.join();
            other.join();
            leastNs = Math.min(leastNs, System.nanoTime() - fromNs);
        }
        System.out.println("switchesNs=" + leastNs);
        System.out.println("switches=" + 2 * SWITCHES);
        System.out.println("calls=" + (inside ? 1 + 2 * ROUNDS : 1));
    }

    @SuppressWarnings("ThreadPriorityCheck") // to yield is what is measured
    private static void takeTurns() {
        for (int i = 0; i < SWITCHES; i++) {
            Thread.yield();
        }
    }

    @Measured
    private static void measured() {
        takeTurns();
    }

    @Measured
    private static void call() {}
}
