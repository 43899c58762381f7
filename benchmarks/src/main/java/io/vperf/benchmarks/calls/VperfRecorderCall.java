package io.vperf.benchmarks.calls;

import io.vperf.record.RecordingPath;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** vperf's: a journal for each thread, folded into one set of histograms for each method. */
public class VperfRecorderCall extends RecorderCall {

    @State(Scope.Benchmark)
    public static class Path {

        final RecordingPath path = new RecordingPath(METHODS);

        @TearDown
        public void leaveCount() {
            Count.leave(path.endInterval());
        }
    }

    @SuppressWarnings("NullAway.Init") // by join()
    private RecordingPath.Writer writer;

    @Setup
    public void join(Path path) {
        writer = path.path.writer();
    }

    @Benchmark
    public void plain() {
        long ns = nextNs();
        writer.record(method(), ns);
    }

    /** A call that was not on the CPU all the time. */
    @Benchmark
    public void apart() {
        long ns = nextNs();
        writer.record(method(), ns, ns >> 1);
    }
}
