package io.vperf.sim;

/** Lengths of time for people. */
public final class Lengths {

    private Lengths() {}

    /** With the largest unit that leaves a whole number. */
    public static String of(long ns) {
        if (ns % 1_000_000_000 == 0) {
            return ns / 1_000_000_000 + "s";
        }
        if (ns % 1_000_000 == 0) {
            return ns / 1_000_000 + "ms";
        }
        return ns % 1_000 == 0 ? ns / 1_000 + "us" : ns + "ns";
    }
}
