package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import io.vperf.annotations.Region;

/**
 * A method that does nothing, called all the time by two threads, and one that is called now and then. Argument: for how
 * many milliseconds.
 */
@SuppressWarnings("try") // a region is only begun and closed
public final class Hot {

    private static final int ROUND = 100_000;

    private Hot() {}

    public static void main(String[] args) throws InterruptedException {
        long endNs = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000;
        long[] rounds = new long[2];
        Thread[] threads = new Thread[rounds.length];
        for (int t = 0; t < threads.length; t++) {
            int own = t;
            threads[t] = new Thread(() -> rounds[own] = calls(endNs));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("hot=" + (rounds[0] + rounds[1]) * ROUND);
        System.out.println("rare=" + (rounds[0] + rounds[1]) * 2);
        System.out.println("region=" + (rounds[0] + rounds[1]));
    }

    private static long calls(long endNs) {
        long rounds = 0;
        while (System.nanoTime() - endNs < 0) {
            for (int i = 0; i < ROUND; i++) {
                hot();
            }
            rare();
            try (Region r = Region.begin("rare")) {
                rare();
            }
            rounds++;
        }
        return rounds;
    }

    @Measured("hot")
    static void hot() {}

    @Measured("rare")
    static void rare() {}
}
