package io.vperf;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads that vperf has started, by their names. */
final class OwnThreads {

    private static final String PREFIX = "vperf-";
    private static final long PATIENCE_NS = 2_000_000_000L;
    private static final long PAUSE_MS = 2;

    private OwnThreads() {}

    /** Waits for their ends; names those that are left when patience is at its end. The calling one is none of them. */
    static List<String> awaitEnd() {
        long endNs = System.nanoTime() + PATIENCE_NS;
        Set<Thread> left = alive();
        try {
            while (!left.isEmpty() && System.nanoTime() - endNs < 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                left.removeIf(thread -> !thread.isAlive());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return left.stream().map(Thread::getName).sorted().toList();
    }

    private static Set<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(PREFIX) && thread != Thread.currentThread())
                .collect(Collectors.toSet());
    }
}
