package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.Throttled;
import io.vperf.health.Trouble;
import io.vperf.record.MethodInterval;
import io.vperf.sim.Draw;
import io.vperf.sim.HostSteal;
import io.vperf.sim.Kernel;
import io.vperf.sim.Program;
import io.vperf.steal.ExplainedRun.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the calls of a simulated guest's threads spent their time, beside where they really did. */
class SimulatedSplitTest {

    private static final Path TABLE = Path.of("target", "split-accuracy.md");
    private static final Part[] PARTS = {Part.RUNNING, Part.STOLEN, Part.RUN_DELAY, Part.THROTTLED, Part.BLOCKED};
    private static final long MS = 1_000_000;
    private static final int SECONDS = 5;
    private static final int MOST = 4_000;

    /** Readings at both ends, and what the sampler takes. */
    private static final long READINGS_NS = MS / 5;

    private final Path root;

    SimulatedSplitTest(@TempDir Path root) {
        this.root = root;
    }

    private static Scenario scenario(Kernel kernel, HostSteal steal, Program each, int threads) {
        return Scenario.of("split", Bar.SUM, 2, kernel, steal, SECONDS, Collections.nCopies(threads, each));
    }

    private static Program busy() {
        return Program.call(
                0,
                Program.compute(Draw.uniform(MS, 9 * MS)),
                Program.call(1, Program.compute(Draw.uniform(MS, 4 * MS))));
    }

    private static Program blocking() {
        return Program.call(
                0,
                Program.compute(Draw.uniform(MS, 2 * MS)),
                Program.sleep(Draw.uniform(MS, 20 * MS)),
                Program.call(1, Program.locked(0, Program.compute(Draw.uniform(MS, 3 * MS)))));
    }

    private ExplainedRun explained(Scenario scenario, long quotaNs) {
        ExplainedRun run = new ExplainedRun(scenario, quotaNs, MOST, root);
        assertSums(run);
        assertThat(run.pairs).hasSizeGreaterThan(100);
        return run;
    }

    /** What holds of any. */
    private static void assertSums(ExplainedRun run) {
        for (MethodInterval m : run.snapshot.methods()) {
            Explanation explanation = Objects.requireNonNull(m.explanation());
            assertThat(explanation.split().wallNs()).as(m.name()).isEqualTo(m.wallNs());
        }
        long outermostNs = 0;
        for (Pair pair : run.pairs) {
            assertThat(pair.call().split().wallNs())
                    .isEqualTo(pair.call().wallNs())
                    .isEqualTo(pair.truth().wallNs());
            assertThat(pair.call().split().parts().values())
                    .allSatisfy(ns -> assertThat(ns).isNotNegative());
            outermostNs += pair.truth().depth() == 0 ? pair.call().split().ns(Part.THROTTLED) : 0;
        }
        Throttled throttled = run.throttled();
        assertThat(throttled.attributedNs()).isBetween(0L, throttled.throttledNs());
        assertThat(outermostNs).as("no moment twice").isLessThanOrEqualTo(throttled.attributedNs());
        assertThat(run.run.health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }

    @Test
    void shouldTellThrottlingOfOneThreadOnEachVcpu() {
        for (Kernel kernel : List.of(Kernel.excludes(250), Kernel.includes(250))) {
            try (ExplainedRun run = explained(scenario(kernel, HostSteal.none(), busy(), 2), 60 * MS)) {
                long trueNs = run.trueNs(Part.THROTTLED);
                assertThat(trueNs).as("most of the time").isGreaterThan(SECONDS * 1_000 * MS);
                assertThat((double) run.saidNs(Part.THROTTLED) / trueNs).isCloseTo(1, within(0.05));
                assertThat(run.throttled().throttledNs())
                        .isLessThanOrEqualTo(run.run.guest.nowNs() * run.run.guest.vcpus());
                assertThat(run.pairs).allSatisfy(pair -> {
                    assertThat(pair.errorNs(Part.RUNNING)).isBetween(-READINGS_NS, READINGS_NS);
                    assertThat(pair.call().split().ns(Part.BLOCKED)).isLessThan(READINGS_NS);
                });
            }
        }
    }

    /** Those that wait on one vCPU share what is counted there once: run delay is said to be longer by the rest. */
    @Test
    void shouldGiveWhatWasCountedToAllWhoWaitedThroughIt() {
        try (ExplainedRun run = explained(scenario(Kernel.excludes(250), HostSteal.none(), busy(), 5), 120 * MS)) {
            Throttled throttled = run.throttled();
            assertThat((double) throttled.attributedNs() / throttled.throttledNs())
                    .isCloseTo(1, within(0.05));
            assertThat(run.trueNs(Part.THROTTLED)).isGreaterThan(run.saidNs(Part.THROTTLED));
            long saidNs = run.saidNs(Part.THROTTLED) + run.saidNs(Part.RUN_DELAY);
            long trueNs = run.trueNs(Part.THROTTLED) + run.trueNs(Part.RUN_DELAY);
            assertThat((double) saidNs / trueNs).isCloseTo(1, within(0.01));
        }
    }

    @Test
    void shouldTellTheRunDelayOfTwoThreadsOnEachVcpu() {
        for (Kernel kernel : List.of(Kernel.excludes(250), Kernel.includes(250))) {
            try (ExplainedRun run = explained(scenario(kernel, HostSteal.none(), busy(), 4), ExplainedRun.NONE)) {
                assertThat((double) run.saidNs(Part.RUN_DELAY) / run.trueNs(Part.RUN_DELAY))
                        .isCloseTo(1, within(0.05));
                assertThat(run.saidNs(Part.THROTTLED)).isZero();
                assertThat(run.saidNs(Part.STOLEN)).isZero();
                assertThat(run.pairs)
                        .allSatisfy(
                                pair -> assertThat(pair.errorNs(Part.RUNNING)).isBetween(-READINGS_NS, READINGS_NS));
            }
        }
    }

    @Test
    void shouldTellHowLongCallsWereBlocked() {
        for (Kernel kernel : List.of(Kernel.excludes(250), Kernel.includes(250))) {
            try (ExplainedRun run = explained(scenario(kernel, HostSteal.none(), blocking(), 4), ExplainedRun.NONE)) {
                assertThat(run.pairs)
                        .allSatisfy(pair -> assertThat(Math.abs(pair.errorNs(Part.BLOCKED)))
                                .isLessThan(READINGS_NS + pair.truth().wallNs() / 100));
                assertThat((double) run.saidNs(Part.BLOCKED) / run.trueNs(Part.BLOCKED))
                        .isCloseTo(1, within(0.02));
            }
        }
    }

    private static double offBy(ExplainedRun run, Part part) {
        return Math.abs((double) run.saidNs(part) / run.trueNs(part) - 1);
    }

    private static void assertClose(String name, ExplainedRun run, boolean stolen, boolean blocks) {
        assertThat(offBy(run, Part.RUNNING)).as(name).isLessThan(stolen ? 0.10 : 0.01);
        if (stolen) {
            assertThat(offBy(run, Part.STOLEN)).as(name).isLessThan(0.10);
        }
        if (blocks) {
            assertThat(offBy(run, Part.BLOCKED)).as(name).isLessThan(stolen ? 0.05 : 0.01);
        }
    }

    private static String row(String name, ExplainedRun run) {
        StringBuilder row = new StringBuilder("| " + name + " | " + run.pairs.size());
        for (Part part : PARTS) {
            long[] errorsNs = run.pairs.stream()
                    .mapToLong(pair -> Math.abs(pair.errorNs(part)))
                    .sorted()
                    .toArray();
            row.append(String.format(
                    Locale.ROOT,
                    " | %.1f of %.1f, %.2f, %.2f",
                    run.saidNs(part) / 1e6,
                    run.trueNs(part) / 1e6,
                    errorsNs[errorsNs.length / 2] / 1e6,
                    errorsNs[errorsNs.length * 95 / 100] / 1e6));
        }
        return row.append(" |\n").toString();
    }

    /** Everything at once. What is said of each part and what is true, and the errors, are written to a file. */
    @Test
    void shouldComeAsCloseAsTheTableSays() throws IOException {
        StringBuilder table = new StringBuilder(
                "ms; of each part: said of true, added up over the calls, then the median and p95 of a call's error\n\n"
                        + "| scenario | calls");
        for (Part part : PARTS) {
            table.append(" | ").append(part.title());
        }
        table.append(" |\n|").append("---|".repeat(2 + PARTS.length)).append('\n');
        HostSteal steal = HostSteal.bursts(2 * MS, 30 * MS, 0.2);
        for (Kernel kernel : List.of(Kernel.excludes(250), Kernel.includes(250))) {
            for (HostSteal host : List.of(HostSteal.none(), steal)) {
                for (long quotaNs : LongStream.of(ExplainedRun.NONE, 120 * MS).toArray()) {
                    for (int threads : new int[] {2, 5}) {
                        for (boolean blocks : new boolean[] {false, true}) {
                            String name = (kernel.excludesSteal() ? "excludes, " : "includes, ") + host.name()
                                    + (quotaNs == ExplainedRun.NONE ? "" : ", quota 60 %")
                                    + ", " + threads + (blocks ? " blocking" : " busy");
                            Program each = blocks ? blocking() : busy();
                            try (ExplainedRun run = explained(scenario(kernel, host, each, threads), quotaNs)) {
                                table.append(row(name, run));
                                assertClose(name, run, host.equals(steal), blocks);
                            }
                        }
                    }
                }
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.writeString(TABLE, table);
    }
}
