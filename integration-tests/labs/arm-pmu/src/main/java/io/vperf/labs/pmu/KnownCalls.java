package io.vperf.labs.pmu;

import io.vperf.annotations.Measured;

/** An application of measured methods whose instructions are known. Arguments: {@code work.c} as a library, rounds. */
public final class KnownCalls {

    /** Together with the others enough for vperf to measure its own probe: 10,000 a run. */
    private static final int SHORT_CALLS = 8;

    private KnownCalls() {}

    public static void main(String[] args) {
        System.load(args[0]);
        int rounds = Integer.parseInt(args[1]);
        for (int round = 0; round < rounds; round++) { // in turns, so that what is not compiled yet costs all alike
            for (int i = 0; i < SHORT_CALLS; i++) {
                loop1();
            }
            loop10000();
            loop100000();
            loop1000000();
        }
    }

    private static native void loop(long iterations);

    @Measured
    static void loop1() {
        loop(1);
    }

    @Measured
    static void loop10000() {
        loop(10_000);
    }

    @Measured
    static void loop100000() {
        loop(100_000);
    }

    @Measured
    static void loop1000000() {
        loop(1_000_000);
    }
}
