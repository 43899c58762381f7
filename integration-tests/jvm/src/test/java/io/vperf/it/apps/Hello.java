package io.vperf.it.apps;

import io.vperf.annotations.Measured;

/** Calls one measured method; argument: how often. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) {
        int calls = Integer.parseInt(args[0]);
        long sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += work(i);
        }
        System.out.println("calls=" + calls + " sum=" + sum);
    }

    @Measured
    static long work(int i) {
        return i * 31L;
    }
}
