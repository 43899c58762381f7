package io.vperf.benchmarks.calls;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A pair of recorders for each thread and method: nothing is shared but with the dumper. */
public class ThreadsRecorderCall extends RecorderCall {

    @State(Scope.Benchmark)
    public static class Threads {

        final List<ThreadPair[]> pairs = new CopyOnWriteArrayList<>();

        @TearDown
        public void leaveCount() {
            Count.leave(recorded(pairs));
        }
    }

    private final ThreadPair[] pairs = new ThreadPair[METHODS];

    @Setup
    public void join(Threads threads) {
        Arrays.setAll(pairs, i -> new ThreadPair());
        threads.pairs.add(pairs);
    }

    @Benchmark
    public void pair() {
        long ns = nextNs();
        record(pairs[method()], ns);
    }
}
