package io.vperf.benchmarks.calls;

import io.opentelemetry.instrumentation.annotations.WithSpan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;

/** A span for each call, by the OpenTelemetry agent. Its spans are counted in {@code peers.CountingSpans}. */
public class OpenTelemetryCall extends CallBenchmark {

    @Benchmark
    public void openTelemetry() {
        spanned();
    }

    @WithSpan
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void spanned() {}
}
