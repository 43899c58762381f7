package io.vperf.benchmarks.apps;

import io.vperf.benchmarks.calls.SmallMethod;

/** Runs the loop with a measured call for so many seconds, so that the compiler's log tells what became of it. */
public final class HotLoops {

    private HotLoops() {}

    public static void main(String[] args) {
        long limitNs = 1_000_000_000L * Long.parseLong(args[0]);
        long startNs = System.nanoTime();
        long loops = 0;
        int x = 1;
        while (System.nanoTime() - startNs < limitNs) {
            x = SmallMethod.loopMeasured(x);
            loops++;
        }
        System.out.println("result=" + x);
        System.out.println("calls=" + loops * SmallMethod.CALLS);
    }
}
