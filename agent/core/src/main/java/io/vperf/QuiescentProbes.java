package io.vperf;

import io.vperf.bootstrap.Probe;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Waits until no thread is inside a probe. A thread that has got hold of a handler has {@link Probe} on its stack until it lets go
 * of it: once probes have none to give, who is not seen there will not touch the old one again. So native memory and descriptors
 * that only their thread may use can be given back.
 */
final class QuiescentProbes {

    private static final long PATIENCE_NS = 2_000_000_000L;
    private static final long PAUSE_MS = 20;

    private QuiescentProbes() {}

    /** Those that are still inside when patience is at its end: blocked there, by a debugger or a full disk. */
    static Set<Thread> await() {
        long endNs = System.nanoTime() + PATIENCE_NS;
        Set<Thread> inside = inside();
        try {
            while (!inside.isEmpty() && System.nanoTime() - endNs < 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                inside = inside();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inside;
    }

    private static Set<Thread> inside() {
        Set<Thread> inside = new HashSet<>();
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            for (StackTraceElement frame : thread.getValue()) {
                if (frame.getClassName().equals(Probe.class.getName())) {
                    inside.add(thread.getKey());
                }
            }
        }
        return inside;
    }
}
