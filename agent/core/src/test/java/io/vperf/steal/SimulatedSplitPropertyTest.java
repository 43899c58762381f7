package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.Throttled;
import io.vperf.health.Trouble;
import io.vperf.record.MethodInterval;
import io.vperf.sim.RandomGuest;
import io.vperf.steal.ExplainedRun.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds of the parts of any guest's calls, throttled or not, whatever its host does. */
class SimulatedSplitPropertyTest {

    private static final int METHODS = 4;
    private static final int MOST_VCPUS = 4;
    private static final int SECONDS = 2;
    private static final int MOST = 500;

    /** By how much extrapolated CPU time may be off: the age of an offset. */
    private static final long CLOCK_ERROR_NS = 1_000_000;

    private static @Nullable Path root;

    @BeforeContainer
    static void makeRoot() throws IOException {
        root = Files.createTempDirectory("vperf-split");
    }

    @AfterContainer
    static void deleteRoot() throws IOException {
        try (Stream<Path> all = Files.walk(Objects.requireNonNull(root))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 60)
    void shouldPartTheTimeOfAnyGuestsCalls(@ForAll long seed) {
        RandomGuest any = new RandomGuest(seed, METHODS, MOST_VCPUS);
        Scenario scenario = new Scenario(
                "any",
                Bar.SUM,
                any.vcpus,
                any.kernel,
                vcpu -> any.steal,
                any.interrupts,
                any.scheduling,
                any.programs,
                METHODS,
                SECONDS,
                any.seed,
                any.seed % 4 != 0,
                any.seed % 3 == 0);
        long quotaNs = any.seed % 3 == 0
                ? ExplainedRun.NONE
                : any.vcpus * ExplainedRun.PERIOD_NS / (1 + Math.floorMod(any.seed, 6));
        try (ExplainedRun run = new ExplainedRun(scenario, quotaNs, MOST, Objects.requireNonNull(root))) {
            long throttledNs = 0;
            for (MethodInterval m : run.snapshot.methods()) {
                Explanation explanation = Objects.requireNonNull(m.explanation());
                assertThat(explanation.split().wallNs()).isEqualTo(m.wallNs());
                assertThat(explanation.split().ns(Part.STOLEN)).isEqualTo(m.stolenNs() == null ? 0 : m.stolenNs());
            }
            for (Pair pair : run.pairs) {
                assertPair(pair);
                throttledNs += pair.truth().depth() == 0 ? pair.call().split().ns(Part.THROTTLED) : 0;
            }
            Throttled totals = run.throttled();
            assertThat(totals.attributedNs()).isBetween(0L, totals.throttledNs());
            assertThat(throttledNs).isLessThanOrEqualTo(totals.attributedNs());
            assertThat(run.run.health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
            assertThat(run.run.health.total(Trouble.THROTTLE_SAMPLES_FAILED)).isZero();
        }
    }

    private static void assertPair(Pair pair) {
        assertThat(pair.call().split().wallNs()).isEqualTo(pair.truth().wallNs());
        assertThat(pair.call().split().parts().values())
                .allSatisfy(ns -> assertThat(ns).isNotNegative());
        long delayNs =
                pair.call().split().ns(Part.RUN_DELAY) + pair.call().split().ns(Part.THROTTLED);
        // schedstat also counts from being chosen to being switched to, in which the vCPU may be stolen or interrupted.
        long trueNs = pair.truth().runDelayNs()
                + pair.truth().throttledNs()
                + pair.truth().stolenNs()
                + pair.truth().irqNs();
        assertThat(delayNs).as("%s", pair).isLessThanOrEqualTo(trueNs + CLOCK_ERROR_NS);
        assertThat(pair.call().split().ns(Part.BLOCKED))
                .as("%s", pair)
                .isLessThanOrEqualTo(pair.truth().blockedNs()
                        + pair.truth().irqNs()
                        + pair.truth().stolenNs()
                        + pair.truth().runDelayNs()
                        + pair.truth().throttledNs()
                        + CLOCK_ERROR_NS);
    }
}
