package io.vperf.benchmarks.calls;

import io.vperf.annotations.Measured;

/** A method that HotSpot inlines wherever it is called, and the loops around it. Each result depends on the one before. */
public final class SmallMethod {

    /** How often each loop calls it. */
    public static final int CALLS = 1000;

    private SmallMethod() {}

    static int plain(int x) {
        return x * 31 + 7;
    }

    @Measured
    static int measured(int x) {
        return x * 31 + 7;
    }

    public static int loopPlain(int seed) {
        int x = seed;
        for (int i = 0; i < CALLS; i++) {
            x = plain(x);
        }
        return x;
    }

    public static int loopByHand(int seed) {
        int x = seed;
        for (int i = 0; i < CALLS; i++) {
            x = x * 31 + 7;
        }
        return x;
    }

    public static int loopMeasured(int seed) {
        int x = seed;
        for (int i = 0; i < CALLS; i++) {
            x = measured(x);
        }
        return x;
    }
}
