package io.vperf.benchmarks;

import io.vperf.annotations.Measured;
import io.vperf.annotations.Region;
import io.vperf.annotations.Vperf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A region around an empty call beside a measured method. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RegionCall {

    /** The instrument is validated: without the agent all of this does nothing. */
    @Setup
    public void requireAgent() throws ClassNotFoundException {
        Class.forName("io.vperf.bootstrap.Probe", false, null);
    }

    @Benchmark
    public void method() {
        measured();
    }

    @Benchmark
    @SuppressWarnings("try") // the region is not used in its block
    public void region() {
        try (Region r = Region.begin("benchmark")) {
            empty();
        }
    }

    @Benchmark
    public long virtualUsec() {
        return Vperf.virtualUsec();
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void empty() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void measured() {}
}
