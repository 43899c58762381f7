package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls until its time is up, and leaves the count in the file {@code calls}. Argument: milliseconds. */
public final class Busy {

    private Busy() {}

    public static void main(String[] args) throws Exception {
        long endNs = System.nanoTime() + 1_000_000L * Integer.parseInt(args[0]);
        long calls = 0;
        while (System.nanoTime() - endNs < 0) {
            work(calls++);
        }
        Files.writeString(Path.of("calls"), "" + calls);
        System.out.println("ends");
        System.exit(0);
    }

    @Measured
    static long work(long i) {
        return i * 31;
    }
}
