package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps every vCPU busy with calls of two methods, each of which does the same work every time. Argument: for how many seconds.
 * Prints the steal columns of /proc/stat as they stood before vperf first looked, and before its last look.
 */
public final class FixedWork {

    /** Some 5 ms. */
    private static final int WORK = 4_000_000;

    /** One in so many calls does this much more. */
    private static final int LARGER = 20;

    private static volatile long result;

    private FixedWork() {}

    public static void main(String[] args) throws Exception {
        System.out.println("before=" + stealTicks());
        work(1);
        System.out.println("begun=" + stealTicks());
        long endNs = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < endNs) {
                    for (int call = 0; call < LARGER; call++) {
                        work(WORK);
                    }
                    largerWork(WORK * LARGER);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("end=" + stealTicks());
        System.out.println("result=" + result);
    }

    @Measured("work")
    static void work(int steps) {
        compute(steps);
    }

    @Measured("largerWork")
    static void largerWork(int steps) {
        compute(steps);
    }

    private static void compute(int steps) {
        long x = steps;
        for (int i = 0; i < steps; i++) {
            x = x * 6364136223846793005L + i;
        }
        result = x;
    }

    /** The 8th column of each vCPU's line, in ticks of 10 ms. */
    private static List<Long> stealTicks() throws IOException {
        List<Long> ticks = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            if (line.matches("cpu\\d.*")) {
                ticks.add(Long.parseLong(line.split(" +", -1)[8]));
            }
        }
        return ticks;
    }
}
