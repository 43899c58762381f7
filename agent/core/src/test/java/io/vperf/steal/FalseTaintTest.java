package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.Trouble;
import io.vperf.sim.Draw;
import io.vperf.sim.HostSteal;
import io.vperf.sim.Kernel;
import io.vperf.sim.Program;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sound counter books taints no window, however long the steal, whatever the vCPU did before. */
class FalseTaintTest {

    private static final long MS = 1_000_000;
    private static final HostSteal LONG = HostSteal.bursts(150 * MS, 150 * MS + 1, 0.2);
    private static final HostSteal LONG_WAITS = HostSteal.wakeWaits(0.5, Draw.always(150 * MS));
    private static final Program BUSY = Program.call(0, Program.compute(Draw.always(5 * MS)));
    private static final Program SELDOM_BUSY = Program.of(BUSY, Program.sleep(Draw.exponential(30 * MS)));

    /** The steal may begin in a window that a busy tick ended, and is booked in one go in the next. */
    @Test
    void shouldNotTaintALongStealOfABusyVcpu(@TempDir Path root) {
        expectNothingTainted(LONG, List.of(BUSY, BUSY), root);
    }

    /** Its idle column counts up while it waits to be woken. */
    @Test
    void shouldNotTaintALongWaitOfAVcpuThatWakesUp(@TempDir Path root) {
        expectNothingTainted(LONG_WAITS, List.of(SELDOM_BUSY, SELDOM_BUSY), root);
    }

    /** One vCPU is stolen; from the other the sampler looks at it meanwhile. */
    private static void expectNothingTainted(HostSteal steal, List<Program> threads, Path root) {
        Scenario scenario = Scenario.of("long steals", Bar.SUM, 2, Kernel.excludes(250), steal, 30, threads)
                .with(vcpu -> vcpu == 1 ? steal : HostSteal.none());
        try (SimulatedRun run = new SimulatedRun(scenario, root, (call, verdict, index) -> {})) {
            run.run();
            assertThat(run.guest.stolenNs(1)).as("steal there was").isGreaterThan(1_000 * MS);
            assertThat(run.health.total(Trouble.TAINTED_WINDOWS)).isZero();
            assertThat(run.health.total(Trouble.UNCORRECTED_TAINTED)).isZero();
        }
    }
}
