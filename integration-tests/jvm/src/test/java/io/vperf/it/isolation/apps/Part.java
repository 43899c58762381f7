package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;

/** What other programs load by class loaders of theirs. Calls {@link #work} as often as {@link #run} is told. */
public final class Part {

    private final int step;

    @Measured
    public Part(int step) {
        this.step = step;
    }

    /** For hosts that know the JDK's classes only. */
    public static long run(int calls) {
        long sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += new Part(i).work(i);
        }
        return sum;
    }

    /** For hosts that start a main class. */
    public static void main(String[] args) {
        System.out.println("sum=" + run(Integer.parseInt(args[0])));
    }

    @Measured
    long work(int i) {
        return (long) i * step;
    }
}
