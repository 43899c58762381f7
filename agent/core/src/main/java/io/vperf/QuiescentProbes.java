package io.vperf;

import io.vperf.bootstrap.Probe;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
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

    /** There may be many, and a probe never parks between its readings. */
    private static final Set<Thread.State> PARKED = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private QuiescentProbes() {}

    /**
     * Those that are still inside when patience is at its end: blocked there, by a debugger or a full disk.
     *
     * @param virtual all virtual threads that may be inside, of which the JVM tells only who knows them
     */
    static Set<Thread> await(List<Thread> virtual) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        Set<Thread> inside = inside(virtual);
        try {
            while (!inside.isEmpty() && System.nanoTime() - endNs < 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                inside = inside(virtual);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inside;
    }

    private static Set<Thread> inside(List<Thread> virtual) {
        Set<Thread> inside = new HashSet<>();
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            if (isInside(thread.getValue())) {
                inside.add(thread.getKey());
            }
        }
        for (Thread thread : virtual) {
            if (!PARKED.contains(thread.getState()) && isInside(thread.getStackTrace())) {
                inside.add(thread);
            }
        }
        return inside;
    }

    private static boolean isInside(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(Probe.class.getName()));
    }
}
