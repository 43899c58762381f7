package io.vperf.benchmarks.apps;

import com.sun.management.ThreadMXBean;
import io.vperf.annotations.Measured;
import java.lang.management.ManagementFactory;

/**
 * Measured calls over several intervals, short ones and, one in a thousand, one long enough to be deferred for
 * correction; and what their thread allocated.
 */
public final class Allocation {

    private static final int ROUND = 1000;
    private static final long LONG_NS = 100_000;
    private static final long WARM_UP_NS = 5_000_000_000L;
    private static final long COUNTED_NS = 5_000_000_000L;

    private Allocation() {}

    public static void main(String[] args) {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long warmUp = callFor(WARM_UP_NS);
        long startBytes = threads.getCurrentThreadAllocatedBytes();
        long counted = callFor(COUNTED_NS);
        long bytes = threads.getCurrentThreadAllocatedBytes() - startBytes;
        System.out.println("bytes=" + bytes);
        System.out.println("counted=" + counted);
        System.out.println("calls=" + (warmUp + counted));
    }

    private static long callFor(long ns) {
        long calls = 0;
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < ns) {
            for (int i = 1; i < ROUND; i++) {
                call(0);
            }
            call(LONG_NS);
            calls += ROUND;
        }
        return calls;
    }

    @Measured
    private static void call(long ns) {
        if (ns > 0) {
            Spin.forNs(ns);
        }
    }
}
