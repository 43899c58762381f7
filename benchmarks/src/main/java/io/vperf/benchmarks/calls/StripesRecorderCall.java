package io.vperf.benchmarks.calls;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.Rseq;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A pair of recorders for each vCPU and method. A thread may be preempted between asking for its vCPU and recording, so
 * they stand any number of threads; mostly there is one.
 */
public class StripesRecorderCall extends RecorderCall {

    /** Offset of the vCPU's number in the area the kernel keeps for a thread, see rseq(2). */
    private static final int CPU_ID = 4;

    @State(Scope.Benchmark)
    public static class Stripes {

        /** By the vCPU's number, less its upper bits; so a power of two. */
        final SharedPair[][] pairs;

        public Stripes() {
            int vcpus = Runtime.getRuntime().availableProcessors();
            pairs = new SharedPair[Integer.highestOneBit(2 * vcpus - 1)][METHODS];
            for (SharedPair[] stripe : pairs) {
                Arrays.setAll(stripe, i -> new SharedPair());
            }
        }

        @TearDown
        public void leaveCount() {
            Count.leave(recorded(List.of(pairs)));
        }
    }

    @SuppressWarnings("NullAway.Init") // by findArea()
    private ByteBuffer area;

    /** At each iteration, which may be given another thread. */
    @Setup(Level.Iteration)
    public void findArea() {
        Capability<Rseq.Area> found =
                Natives.load(Natives.defaultFolders()).then(Natives::rseq).then(Rseq::area);
        if (!(found instanceof Capability.Available<Rseq.Area> available)) {
            throw new IllegalStateException("no vCPU number: " + found);
        }
        area = available.value().buffer();
    }

    @Benchmark
    public void pair(Stripes stripes) {
        long ns = nextNs();
        SharedPair[] stripe = stripes.pairs[area.getInt(CPU_ID) & (stripes.pairs.length - 1)];
        record(stripe[method()], ns);
    }
}
