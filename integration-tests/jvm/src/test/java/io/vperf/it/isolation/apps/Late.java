package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;

/** Its measured class is loaded by its own code, in the middle of the run. Argument: calls. */
public final class Late {

    /** The measured class. */
    public static final class Work {

        private Work() {}

        @Measured
        static long work(int i) {
            return i * 31L;
        }
    }

    private Late() {}

    public static void main(String[] args) {
        long sum = 0;
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            sum += Work.work(i);
        }
        System.out.println("sum=" + sum);
    }
}
