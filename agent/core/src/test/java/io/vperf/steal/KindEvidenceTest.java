package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.Trouble;
import io.vperf.platform.KernelKind;
import io.vperf.record.IntervalSnapshot;
import io.vperf.sim.Draw;
import io.vperf.sim.HostSteal;
import io.vperf.sim.Kernel;
import io.vperf.sim.Program;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindEvidenceTest {

    private static final long MS = 1_000_000;

    private static Scenario scenario(boolean excludes, HostSteal steal, Program each) {
        Kernel kernel = excludes ? Kernel.excludes(250) : Kernel.includes(250);
        return Scenario.of("kind", Bar.SUM, 2, kernel, steal, 20, Collections.nCopies(2, each));
    }

    private static Program calls(long ns) {
        return Program.call(0, Program.compute(Draw.uniform(ns * 9 / 10, ns * 11 / 10)));
    }

    /**
     * And what came before in the interval is not told as corrected. That steal is excluded shows in calls of any length, that it
     * is included only in those that hold whole windows.
     */
    @ParameterizedTest
    @CsvSource({
        "true, INCLUDES, 100000",
        "true, INCLUDES, 5000000",
        "true, INCLUDES, 300000000",
        "true, UNKNOWN, 100000",
        "true, UNKNOWN, 5000000",
        "true, UNKNOWN, 300000000",
        "false, EXCLUDES, 100000000",
        "false, EXCLUDES, 300000000",
        "false, UNKNOWN, 100000000",
        "false, UNKNOWN, 300000000"
    })
    void shouldFindOutTheKernelsKind(boolean excludes, KernelKind told, long callNs, @TempDir Path root) {
        HostSteal bursts = HostSteal.bursts(2 * MS, 30 * MS, 0.2);
        try (SimulatedRun run = new SimulatedRun(
                scenario(excludes, bursts, calls(callNs)),
                told,
                root,
                SimulatedRun.KNOWN,
                (call, verdict, index) -> {})) {
            IntervalSnapshot interval = run.run();

            assertThat(run.sampler.sampler.kernelKind())
                    .isEqualTo(excludes ? KernelKind.EXCLUDES : KernelKind.INCLUDES);
            assertThat(interval.tainted()).contains(excludes ? "excludes steal" : "includes steal");
            assertThat(interval.methods())
                    .allSatisfy(m -> assertThat(m.corrected()).isNull());
            assertThat(run.health.total(Trouble.INTERVALS_TAINTED)).isEqualTo(1);
        }
    }

    /** A vCPU that is stolen from as it wakes loses nothing while it runs, on either kernel. */
    @ParameterizedTest
    @CsvSource({"true, EXCLUDES", "false, INCLUDES"})
    void shouldConcludeNothingFromStealOfIdleVcpus(boolean excludes, KernelKind told, @TempDir Path root) {
        HostSteal waits = HostSteal.wakeWaits(0.3, Draw.uniform(MS, 6 * MS));
        Program each = Program.of(calls(2 * MS), Program.sleep(Draw.exponential(4 * MS)));
        try (SimulatedRun run = new SimulatedRun(scenario(excludes, waits, each), root, (call, verdict, index) -> {})) {
            assertThat(run.run().tainted()).isNull();
            assertThat(run.sampler.sampler.kernelKind()).isEqualTo(told);
        }
    }
}
