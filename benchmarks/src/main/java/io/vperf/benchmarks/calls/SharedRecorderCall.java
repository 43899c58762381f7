package io.vperf.benchmarks.calls;

import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A pair of recorders for each method, shared by all threads. */
public class SharedRecorderCall extends RecorderCall {

    @State(Scope.Benchmark)
    public static class Pairs {

        final SharedPair[] pairs = new SharedPair[METHODS];

        public Pairs() {
            Arrays.setAll(pairs, i -> new SharedPair());
        }

        @TearDown
        public void leaveCount() {
            Count.leave(recorded(List.<SharedPair[]>of(pairs)));
        }
    }

    @Benchmark
    public void pair(Pairs all) {
        long ns = nextNs();
        record(all.pairs[method()], ns);
    }
}
