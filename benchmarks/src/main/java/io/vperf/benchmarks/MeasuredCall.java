package io.vperf.benchmarks;

import io.vperf.annotations.Measured;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Recorder;
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

/** One call of an empty method, measured by vperf, by hand, and not at all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class MeasuredCall {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Recorder wall = new Recorder(2);
    private final Recorder cpu = new Recorder(2);

    /** The instrument is validated: without the agent the row of vperf would be that of an empty call. */
    @Setup
    public void requireAgent() throws ClassNotFoundException {
        Class.forName("io.vperf.bootstrap.Probe", false, null);
    }

    @Benchmark
    public void emptyCall() {
        empty();
    }

    @Benchmark
    public long twoNanoTimes() {
        long start = System.nanoTime();
        empty();
        return System.nanoTime() - start;
    }

    @Benchmark
    public void vperf() {
        measured();
    }

    /** What people write who want both times of a call: wall and CPU at both ends, two recorders. */
    @Benchmark
    public void byHand() {
        long startCpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        empty();
        wall.recordValue(System.nanoTime() - start);
        cpu.recordValue(threads.getCurrentThreadCpuTime() - startCpu);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void empty() {}

    @Measured
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void measured() {}
}
