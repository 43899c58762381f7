package io.vperf.benchmarks.calls;

import kieker.monitoring.annotation.OperationExecutionMonitoringProbe;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;

/** A record for each call, by Kieker's AspectJ agent. Its records are counted in {@code peers.CountingWriter}. */
public class KiekerCall extends CallBenchmark {

    @Benchmark
    public void kieker() {
        monitored();
    }

    @OperationExecutionMonitoringProbe
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static void monitored() {}
}
