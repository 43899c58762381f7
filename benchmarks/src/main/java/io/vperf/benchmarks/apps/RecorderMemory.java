package io.vperf.benchmarks.apps;

import io.vperf.benchmarks.calls.Count;
import io.vperf.benchmarks.calls.Durations;
import io.vperf.benchmarks.calls.SharedPair;
import io.vperf.benchmarks.calls.ThreadPair;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What a design of the recorder keeps on the heap, and how long the end of an interval takes. Arguments: the design,
 * methods, threads. vperf's has all its threads; of the others there is one pair of recorders for each method, to be
 * multiplied.
 */
public final class RecorderMemory {

    private static final int INTERVALS = 9;

    /** Calls of each method by each thread in an interval. */
    private static final int CALLS = 64;

    private RecorderMemory() {}

    /** A recorder of many methods. */
    interface Design {

        /** Each method is called once by each thread. */
        void record(long ns);

        /** Calls that were in it. */
        long endInterval();
    }

    public static void main(String[] args) {
        int methods = Integer.parseInt(args[1]);
        int threads = Integer.parseInt(args[2]);
        long[] durationsNs = Arrays.copyOf(Durations.ns(), CALLS);
        long beforeBytes = liveHeapBytes();
        Design design = switch (args[0]) {
            case "vperf" -> new VperfDesign(methods, threads);
            case "shared" -> new PairsDesign(methods, threads, SharedPair::new);
            case "thread" -> new PairsDesign(methods, threads, ThreadPair::new);
            default -> throw new IllegalArgumentException(args[0]);
        };
        long[] endNs = new long[INTERVALS];
        long counted = 0;
        for (int i = 0; i < INTERVALS; i++) {
            record(design, durationsNs);
            long startNs = System.nanoTime();
            counted += design.endInterval();
            endNs[i] = System.nanoTime() - startNs;
        }
        record(design, durationsNs);
        long bytes = liveHeapBytes() - beforeBytes;
        counted += design.endInterval();
        Arrays.sort(endNs);
        Count.leave(counted);
        System.out.println("bytes=" + bytes);
        System.out.println("endNs=" + endNs[INTERVALS / 2]);
        System.out.println("calls=" + (INTERVALS + 1L) * CALLS * methods * threads);
    }

    private static void record(Design design, long[] durationsNs) {
        for (long ns : durationsNs) {
            design.record(ns);
        }
    }

    private static long liveHeapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
