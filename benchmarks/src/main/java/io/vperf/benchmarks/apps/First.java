package io.vperf.benchmarks.apps;

import io.vperf.annotations.Measured;

/** One measured method, called once. */
public final class First {

    private First() {}

    public static void main(String[] args) {
        once();
        long returnedNs = System.nanoTime();
        System.out.println("returnedNs=" + returnedNs);
        System.out.println("calls=1");
    }

    @Measured
    private static void once() {}
}
