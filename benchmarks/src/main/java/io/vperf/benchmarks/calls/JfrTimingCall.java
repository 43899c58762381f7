package io.vperf.benchmarks.calls;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;

/** The Flight Recorder's method timing (JEP 520, from JDK 25): wall time's count, average, minimum and maximum. */
public class JfrTimingCall extends CallBenchmark {

    /** What {@code jdk.MethodTiming#filter} is set to. */
    public static final String FILTER = "io.vperf.benchmarks.calls.JfrTimingCall::timed";

    @Benchmark
    public void jfrTiming() {
        timed();
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void timed() {}
}
