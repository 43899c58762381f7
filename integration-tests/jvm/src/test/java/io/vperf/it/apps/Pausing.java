package io.vperf.it.apps;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.vperf.annotations.Measured;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes measured calls until the file {@code stop} is there. Argument {@code dump}: keeps every Java thread from running
 * for some time, as a garbage collector may, by a heap dump, over and over; prints the longest as {@code longestMs=}.
 */
public final class Pausing {

    /** Small ones, as a heap dump takes its time by their number. */
    private static final int OBJECTS = 4_000_000;

    private Pausing() {}

    public static void main(String[] args) throws Exception {
        byte[][] filled = new byte[args.length == 0 ? 0 : OBJECTS][8];
        AtomicLong longestMs = new AtomicLong();
        Thread worker = new Thread(() -> work(longestMs));
        worker.start();
        for (int i = 0; !Files.exists(Path.of("stop")); i++) {
            if (args.length > 0) {
                dump(Path.of("heap-" + i + ".hprof"));
            }
            Thread.sleep(20);
        }
        worker.join();
        System.out.println("filled=" + filled.length);
        System.out.println("longestMs=" + longestMs);
    }

    private static void work(AtomicLong longestMs) {
        long lastNs = System.nanoTime();
        while (!Files.exists(Path.of("stop"))) {
            call();
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            long nowNs = System.nanoTime();
            longestMs.set(Math.max(longestMs.get(), (nowNs - lastNs) / 1_000_000));
            lastNs = nowNs;
        }
    }

    @Measured
    static void call() {}

    private static void dump(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), false);
        Files.delete(file);
    }
}
