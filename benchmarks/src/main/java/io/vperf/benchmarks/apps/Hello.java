package io.vperf.benchmarks.apps;

/** Nothing to measure. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) {
        long mainNs = System.nanoTime();
        System.out.println("mainNs=" + mainNs);
        System.out.println("calls=0");
    }
}
