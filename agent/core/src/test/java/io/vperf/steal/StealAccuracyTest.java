package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.Trouble;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How close corrected times come to the truth, over all scenarios. What does not hold is in the table, with its figures;
 * the table is written to {@code target/steal-accuracy.md}.
 */
class StealAccuracyTest {

    private static final Path TABLE = Path.of("target", "steal-accuracy.md");

    @Test
    void shouldComeAsCloseToTheTruthAsTheTableSays(@TempDir Path root) throws IOException {
        List<Scenario> scenarios = Scenarios.all();
        List<Accuracy> all = IntStream.range(0, scenarios.size())
                .parallel()
                .mapToObj(i -> accuracy(scenarios.get(i), root.resolve(Integer.toString(i))))
                .toList();
        Files.writeString(TABLE, AccuracyTable.of(all));

        assertThat(all).hasSizeGreaterThanOrEqualTo(50);
        assertThat(all.stream().filter(a -> a.isMet(a.vperf())))
                .as("met as docs/measurement.md says")
                .hasSize(115);
    }

    private static Accuracy accuracy(Scenario scenario, Path folder) {
        try (SimulatedRun run =
                new SimulatedRun(scenario, Files.createDirectory(folder), (call, verdict, index) -> {})) {
            IntervalSnapshot snapshot = run.run();
            Accuracy accuracy = Accuracy.of(scenario, run, snapshot);
            checkWhatHoldsOfAny(scenario, run, snapshot, accuracy);
            return accuracy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkWhatHoldsOfAny(
            Scenario scenario, SimulatedRun run, IntervalSnapshot snapshot, Accuracy accuracy) {
        assertThat(run.health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
        assertThat(run.health.total(Trouble.TAINTED_WINDOWS))
                .as("%s: sound counters", scenario.name())
                .isZero();
        for (MethodInterval method : snapshot.methods()) {
            int id = Integer.parseInt(method.name().substring(1));
            assertThat(method.calls()).as(scenario.name()).isEqualTo(run.recorder.calls[id]);
            assertThat(method.wallNs()).as(scenario.name()).isEqualTo(run.recorder.wallNs[id]);
        }
        for (VcpuSteal vcpu : run.sampler.sampler.totals()) {
            assertThat(vcpu.stolenNs())
                    .as("%s, vCPU %d, counted", scenario.name(), vcpu.vcpu())
                    .isLessThanOrEqualTo(run.guest.stolenNs(vcpu.vcpu()));
            assertThat(vcpu.attributedNs())
                    .as("%s, vCPU %d, attributed", scenario.name(), vcpu.vcpu())
                    .isBetween(0L, vcpu.stolenNs() + VcpuTimeline.TICK_NS);
        }
        if (accuracy.truth().stolenNs() > 0) {
            assertThat(Math.abs(accuracy.vperf().sumError(accuracy.truth())))
                    .as("%s: better than nothing", scenario.name())
                    .isLessThan(1);
        }
        if (scenario.bar() == Bar.NOTHING) {
            assertThat(accuracy.vperf().stolenNs()).as(scenario.name()).isZero();
        }
    }
}
