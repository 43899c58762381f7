package io.vperf.counters;

import com.sun.management.ThreadMXBean;
import io.vperf.shim.Capability;
import java.lang.management.ManagementFactory;

/**
 * Bytes of the heap that the calling thread has allocated so far, as the JVM counts them: each TLAB when it is retired, and the used
 * part of the current one at the time of the question. So it is exact to the byte, and of the carrier on a virtual thread.
 */
final class AllocatedBytes {

    static final String NAME = "allocated-bytes";

    /** Too large for escape analysis to leave out, and no round number. */
    private static final int TRIED_BYTES = 100_008;

    /** Header and length of an array, and its padding. */
    private static final int MOST_OVERHEAD_BYTES = 32;

    /** So that the trial's array is made. */
    @SuppressWarnings("UnusedVariable")
    private static volatile byte[] kept = {};

    private final ThreadMXBean threads;

    private AllocatedBytes(ThreadMXBean threads) {
        this.threads = threads;
    }

    /** Asks the JVM, and has it count an array of known size. */
    static Capability<AllocatedBytes> find() {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            return Capability.unavailable(
                    "this JVM does not count what its threads allocate", "Run on a JVM that does, such as HotSpot.");
        }
        if (!threads.isThreadAllocatedMemoryEnabled()) {
            return Capability.unavailable(
                    "somebody has switched it off in this JVM",
                    "Do not call ThreadMXBean.setThreadAllocatedMemoryEnabled(false).");
        }
        AllocatedBytes bytes = new AllocatedBytes(threads);
        long before = bytes.now();
        kept = new byte[TRIED_BYTES];
        long seen = bytes.now() - before;
        kept = new byte[0];
        return seen >= TRIED_BYTES && seen <= TRIED_BYTES + MOST_OVERHEAD_BYTES
                ? Capability.available(bytes)
                : Capability.unavailable("of an array of " + TRIED_BYTES + " bytes it counted " + seen, "");
    }

    /** Or a negative number where somebody has switched it off since. Allocates nothing. */
    long now() {
        return threads.getCurrentThreadAllocatedBytes();
    }
}
