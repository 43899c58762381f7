package io.vperf.labs.pmu;

import io.vperf.annotations.Measured;

/** An application of measured methods whose instructions are known. Arguments: {@code work.c} as a library, rounds. */
public final class KnownCalls {

    private KnownCalls() {}

    public static void main(String[] args) {
        System.load(args[0]);
        int rounds = Integer.parseInt(args[1]);
        for (int round = 0; round < rounds; round++) { // in turns, so that what is not compiled yet costs all alike
            loop1();
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
