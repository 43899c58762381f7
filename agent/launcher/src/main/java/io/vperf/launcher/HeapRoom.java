package io.vperf.launcher;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether the heap may grow large enough for vperf to run in it. Asked before most of vperf's classes are loaded: an
 * OutOfMemoryError ends a JVM that runs with -XX:+ExitOnOutOfMemoryError, whoever brought it about and catches it.
 *
 * <p>Measured with a program that needs next to nothing, on JDK 17 and 25: Serial, Parallel, G1 and Shenandoah ended none
 * with 14 MB, ZGC none with 18 MB, in which it did little but collect.
 */
final class HeapRoom {

    private static final long MB = 1 << 20;

    /** With -Xmx16m Serial and Parallel say 15.5 MB: what survives has two places of which one is always empty. */
    private static final long LEAST_BYTES = 15 * MB;

    private static final long LEAST_WITH_ZGC_BYTES = 24 * MB;

    private HeapRoom() {}

    /** Why this JVM's heap is too small, and the remedy; null if it is not. */
    static @Nullable String missing() {
        return missing(Runtime.getRuntime().maxMemory());
    }

    private static @Nullable String missing(long maxBytes) {
        if (maxBytes >= LEAST_WITH_ZGC_BYTES) {
            return null;
        }
        if (isZgc()) {
            return text(maxBytes, "24", " with ZGC");
        }
        return maxBytes < LEAST_BYTES ? text(maxBytes, "16", "") : null;
    }

    private static String text(long maxBytes, String leastMb, String where) {
        return "the heap may grow to " + (maxBytes + MB / 2) / MB + " MB only, and vperf needs " + leastMb + " MB"
                + where
                + " so as not to take what the application lives on. Start the JVM with -Xmx" + leastMb
                + "m or more to have it measured.";
    }

    /** Asked for small heaps only, as this loads classes that few applications load at their start. */
    private static boolean isZgc() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector.getName().startsWith("ZGC")) {
                return true;
            }
        }
        return false;
    }
}
