package io.vperf.it.apps;

import io.vperf.annotations.Measured;

/**
 * Methods of some 1 ns, 20 ns, 1 us and 20 us, a recursive one and a caller. Prints how long the loops around them took, which
 * holds the methods' own time and more, and how long the same work takes unmeasured. Argument: for how many milliseconds.
 */
public final class Budgeted {

    private static long sink;

    private Budgeted() {}

    public static void main(String[] args) {
        long beganNs = System.nanoTime();
        long endNs = beganNs + Long.parseLong(args[0]) * 1_000_000;
        long[] callsOf = new long[5];
        long[] loopsNs = new long[5];
        long plainNs = 0;
        while (System.nanoTime() - endNs < 0) {
            int[] calls = {40_000, 20_000, 2_000, 100, 100};
            long[] at = new long[7];
            at[0] = System.nanoTime();
            for (int i = 0; i < calls[0]; i++) {
                sink = nothing(sink);
            }
            at[1] = System.nanoTime();
            for (int i = 0; i < calls[1]; i++) {
                sink = tiny(sink);
            }
            at[2] = System.nanoTime();
            for (int i = 0; i < calls[2]; i++) {
                sink = small(sink);
            }
            at[3] = System.nanoTime();
            for (int i = 0; i < calls[3]; i++) {
                sink = middle(sink);
            }
            at[4] = System.nanoTime();
            for (int i = 0; i < calls[4]; i++) {
                sink = recursive(sink, 9) + caller(sink);
            }
            at[5] = System.nanoTime();
            for (int i = 0; i < calls[2]; i++) {
                sink = mix(sink, 1_000);
            }
            at[6] = System.nanoTime();
            for (int i = 0; i < calls.length; i++) {
                callsOf[i] += calls[i];
                loopsNs[i] += at[i + 1] - at[i];
            }
            plainNs += at[6] - at[5];
        }
        System.out.println("nothing=" + callsOf[0] + "\nnothingNs=" + loopsNs[0]);
        System.out.println("tiny=" + (callsOf[1] + 100 * callsOf[4]) + "\ntinyNs=" + (loopsNs[1] + loopsNs[4]));
        System.out.println("small=" + callsOf[2] + "\nsmallNs=" + loopsNs[2]);
        System.out.println("middle=" + callsOf[3] + "\nmiddleNs=" + loopsNs[3]);
        System.out.println("recursive=" + 10 * callsOf[4] + "\ncaller=" + callsOf[4]);
        System.out.println("plainNs=" + plainNs + "\nsink=" + (sink & 1));
        System.out.println("elapsedNs=" + (System.nanoTime() - beganNs));
    }

    private static long mix(long x, int times) {
        long mixed = x;
        for (int i = 0; i < times; i++) {
            mixed = mixed * 31 + i;
        }
        return mixed;
    }

    @Measured("nothing")
    static long nothing(long x) {
        return x * 31 + 7;
    }

    @Measured("tiny")
    static long tiny(long x) {
        return mix(x, 20);
    }

    @Measured("small")
    static long small(long x) {
        return mix(x, 1_000);
    }

    @Measured("middle")
    static long middle(long x) {
        return mix(x, 20_000);
    }

    @Measured("recursive")
    static long recursive(long x, int levels) {
        long mixed = mix(x, 20);
        return levels == 0 ? mixed : recursive(mixed, levels - 1) + 1;
    }

    @Measured("caller")
    static long caller(long x) {
        long mixed = x;
        for (int i = 0; i < 100; i++) {
            mixed = tiny(mixed);
        }
        return mixed;
    }
}
