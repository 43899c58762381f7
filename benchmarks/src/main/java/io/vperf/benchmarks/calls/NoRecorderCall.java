package io.vperf.benchmarks.calls;

import org.openjdk.jmh.annotations.Benchmark;

/** What the rows of recorders have in common and is not theirs. */
public class NoRecorderCall extends RecorderCall {

    @Benchmark
    public long none() {
        return nextNs() + method();
    }
}
