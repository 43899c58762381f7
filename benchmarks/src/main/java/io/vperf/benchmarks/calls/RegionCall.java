package io.vperf.benchmarks.calls;

import io.vperf.annotations.Region;
import org.openjdk.jmh.annotations.Benchmark;

/** A region around the body that a measured method has. */
public class RegionCall extends CallBenchmark {

    @Benchmark
    @SuppressWarnings("try") // the region is not used in its block
    public void region() {
        try (Region r = Region.begin("benchmark")) {
            Body.empty();
        }
    }
}
