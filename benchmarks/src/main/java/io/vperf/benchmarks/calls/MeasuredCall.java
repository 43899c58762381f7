package io.vperf.benchmarks.calls;

import io.vperf.annotations.Measured;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;

/** One call measured by vperf, and what it is compared with first. */
public class MeasuredCall extends CallBenchmark {

    @Benchmark
    public void emptyCall() {
        Body.empty();
    }

    @Benchmark
    public long twoNanoTimes() {
        long startNs = System.nanoTime();
        Body.empty();
        return System.nanoTime() - startNs;
    }

    @Benchmark
    public void vperf() {
        measured();
    }

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void measured() {}
}
