package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** More threads than vCPUs that do nothing but short measured calls. Arguments: how many, for how many milliseconds, and how many microseconds a call. */
public final class Spinning {

    private Spinning() {}

    public static void main(String[] args) throws InterruptedException {
        AtomicLong elapsedNs = new AtomicLong();
        long callNs = Long.parseLong(args[2]) * 1_000;
        long lengthNs = Long.parseLong(args[1]) * 1_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            Thread thread = new Thread(() -> {
                spin(callNs); // makes the thread's state
                long beginNs = System.nanoTime();
                while (System.nanoTime() - beginNs < lengthNs) {
                    spin(callNs);
                }
                elapsedNs.addAndGet(System.nanoTime() - beginNs);
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("elapsedNs=" + elapsedNs);
    }

    @Measured
    static void spin(long callNs) {
        long beginNs = System.nanoTime();
        while (System.nanoTime() - beginNs < callNs) {
            Thread.onSpinWait();
        }
    }
}
