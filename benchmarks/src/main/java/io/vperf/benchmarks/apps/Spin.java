package io.vperf.benchmarks.apps;

/** Keeps a thread running for a time. */
public final class Spin {

    private Spin() {}

    /** Returns once that many nanoseconds of wall time are over. */
    public static void forNs(long ns) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < ns) {
            Thread.onSpinWait();
        }
    }
}
