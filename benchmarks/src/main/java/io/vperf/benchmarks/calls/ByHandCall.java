package io.vperf.benchmarks.calls;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What people write who want both times of a call: wall and CPU at both ends, two recorders. */
public class ByHandCall extends CallBenchmark {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Recorder wall = new Recorder(2);
    private final Recorder cpu = new Recorder(2);

    @Setup
    public void requireCpuTime() {
        if (threads.getCurrentThreadCpuTime() < 0) {
            throw new IllegalStateException("this JVM does not tell threads their CPU time");
        }
    }

    @Benchmark
    public void byHand() {
        long startCpuNs = threads.getCurrentThreadCpuTime();
        long startNs = System.nanoTime();
        Body.empty();
        wall.recordValue(System.nanoTime() - startNs);
        cpu.recordValue(threads.getCurrentThreadCpuTime() - startCpuNs);
    }

    @TearDown
    public void leaveCount() {
        Count.leave(Math.min(
                wall.getIntervalHistogram().getTotalCount(),
                cpu.getIntervalHistogram().getTotalCount()));
    }
}
