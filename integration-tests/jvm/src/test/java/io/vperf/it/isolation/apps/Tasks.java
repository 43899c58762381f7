package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Measured tasks on a pool: classes and calls that tracing agents rewrite as well. Argument: how many. */
public final class Tasks {

    static final class Task implements Runnable {

        static final AtomicInteger RUNS = new AtomicInteger();

        @Measured
        Task() {}

        @Override
        @Measured
        public void run() {
            RUNS.incrementAndGet();
        }
    }

    private Tasks() {}

    public static void main(String[] args) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            pool.execute(new Task());
        }
        pool.shutdown();
        System.out.println("ended=" + pool.awaitTermination(1, TimeUnit.MINUTES) + " runs=" + Task.RUNS.get());
    }
}
