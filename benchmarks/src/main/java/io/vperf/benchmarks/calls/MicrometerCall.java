package io.vperf.benchmarks.calls;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/** A Timer of Micrometer's in-memory registry, at its defaults: count, sum and maximum of wall time. */
public class MicrometerCall extends CallBenchmark {

    private final Timer timer = new SimpleMeterRegistry().timer("call");
    private final Runnable body = Body::empty;

    @Benchmark
    public void micrometer() {
        timer.record(body);
    }

    @TearDown
    public void leaveCount() {
        Count.leave(timer.count());
    }
}
