package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.util.ArrayList;
import java.util.List;

/** A little of everything that is measured: methods that return and throw, recursion, constructors, threads. */
public final class Mixed {

    /** Calls of {@link #quick} per thread. */
    public static final int CALLS = 2_000;

    public static final int THREADS = 3;

    static final class Thing {
        final int value;

        @Measured
        Thing(int value) {
            this.value = value;
            if (value < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    private Mixed() {}

    public static void main(String[] args) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long[] sums = new long[THREADS];
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            Thread thread = new Thread(() -> sums[number] = all());
            threads.add(thread);
            thread.start();
        }
        long sum = 0;
        for (int t = 0; t < THREADS; t++) {
            threads.get(t).join();
            sum += sums[t];
        }
        System.out.println("sum=" + sum);
    }

    private static long all() {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += quick(i);
        }
        sum += recursive(100);
        for (int i = -10; i < 10; i++) {
            try {
                sum += new Thing(i).value;
            } catch (IllegalArgumentException e) {
                sum += 1000;
            }
        }
        return sum;
    }

    @Measured
    static long quick(int i) {
        return i * 31L;
    }

    @Measured
    static long recursive(int i) {
        return i == 0 ? 0 : i + recursive(i - 1);
    }
}
