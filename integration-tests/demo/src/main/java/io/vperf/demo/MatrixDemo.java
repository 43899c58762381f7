package io.vperf.demo;

import io.vperf.annotations.Measured;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Multiplies matrices from several threads for some seconds. Arguments: seconds (default 12), threads (default 2). */
public final class MatrixDemo {

    private static final int[] SIZES = {64, 128, 256};
    private static final int DOUBT_EVERY = 50;

    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger caught = new AtomicInteger();

    private MatrixDemo() {}

    public static void main(String[] args) throws InterruptedException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 12;
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        MatrixDemo demo = new MatrixDemo();
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> demo.work(endNs));
        }
        pool.shutdown();
        if (!pool.awaitTermination(seconds + 60L, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the workers did not end");
        }
        System.out.println("matrix demo: " + demo.rounds + " rounds of sizes " + List.of(64, 128, 256) + " on "
                + threads + " threads, " + demo.caught + " failed verifications");
    }

    private void work(long endNs) {
        while (System.nanoTime() - endNs < 0) {
            int round = rounds.incrementAndGet();
            try {
                round(SIZES[round % SIZES.length], round);
            } catch (ArithmeticException e) {
                caught.incrementAndGet();
            }
        }
    }

    @Measured
    private void round(int size, int round) {
        Matrix a = new Matrix(size, round);
        Matrix b = new Matrix(size, -round);
        Matrix product = a.multiply(b);
        product.verify(a, b, round % DOUBT_EVERY == 0);
        Matrix again = Matrix.zero(size);
        again.multiplyRecursively(a, 0, 0, b, 0, 0, 0, 0, size);
        again.verify(a, b, false);
    }
}
