package io.vperf.benchmarks.calls;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A hot loop that calls a small method: what remains of inlining once the method is measured. Per call. */
public class HotLoop extends CallBenchmark {

    private int seed = 1;

    @Benchmark
    @OperationsPerInvocation(SmallMethod.CALLS)
    public int plain() {
        return SmallMethod.loopPlain(seed);
    }

    @Benchmark
    @OperationsPerInvocation(SmallMethod.CALLS)
    public int byHand() {
        return SmallMethod.loopByHand(seed);
    }

    @Benchmark
    @OperationsPerInvocation(SmallMethod.CALLS)
    public int measured() {
        return SmallMethod.loopMeasured(seed);
    }
}
