package io.vperf.benchmarks.calls;

import java.util.Random;

/** Lengths of calls for those that record them without making any: 50 ns to 50 µs, each decade alike, in random order. */
public final class Durations {

    /** A power of two. */
    public static final int COUNT = 1024;

    private static final double LEAST_NS = 50;
    private static final double DECADES = 3;

    private Durations() {}

    /** The same ones in each JVM. */
    public static long[] ns() {
        Random random = new Random(COUNT);
        long[] ns = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            ns[i] = Math.round(LEAST_NS * Math.pow(10, DECADES * random.nextDouble()));
        }
        return ns;
    }
}
