package io.vperf.benchmarks.calls;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/** A Timer of Dropwizard Metrics at its defaults: rates, and wall times in an exponentially decaying reservoir. */
public class DropwizardCall extends CallBenchmark {

    private final Timer timer = new MetricRegistry().timer("call");

    @Benchmark
    @SuppressWarnings("try") // used by being closed
    public void dropwizard() {
        try (Timer.Context context = timer.time()) {
            Body.empty();
        }
    }

    @TearDown
    public void leaveCount() {
        Count.leave(timer.getCount());
    }
}
