package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Makes a number of calls of 0.1 to some 25 ms, says so, and waits for the file "stop". Argument: how many. */
public final class Scraped {

    private static final long LEAST_NS = 100_000;

    private Scraped() {}

    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[0]);
        for (int i = 0; i < calls; i++) {
            work((long) (LEAST_NS * Math.pow(2, 8.0 * i / calls)));
        }
        System.out.println("worked");
        while (!Files.exists(Path.of("stop"))) {
            Thread.sleep(10);
        }
    }

    @Measured("work")
    static void work(long ns) {
        LockSupport.parkNanos(ns);
    }
}
