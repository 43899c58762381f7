package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of sums over calls that were drawn. Seeds are fixed. */
class EstimatesTest {

    private final BudgetRun run = new BudgetRun(42);
    private final int a = run.table.register("a");
    private final int b = run.table.register("b");

    private static MethodInterval get(Map<String, MethodInterval> taken, String name) {
        return Objects.requireNonNull(taken.get(name), name);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 1_000})
    void shouldTellTheProbesOwnTime(long callNs) {
        BudgetRun own = new BudgetRun(3, 30);
        int hot = own.table.register("hot");
        own.makeHot(hot, 64);
        for (int i = 0; i < 100_000; i++) {
            own.call(hot, callNs);
        }
        MethodInterval m = own.taken("hot");
        long stoodFor = m.wall().getTotalCount();
        Estimate estimate = Objects.requireNonNull(m.estimate());

        assertThat(m.wallNs()).isEqualTo((callNs + 30) * stoodFor);
        assertThat(m.selfNs()).isEqualTo(m.wallNs());
        assertThat(estimate.probeNs()).isEqualTo(30 * stoodFor);
        assertThat(estimate.wallErrorNs()).isEqualTo(Math.round(callNs * Math.sqrt(63.0 * stoodFor)));
        assertThat(estimate.selfErrorNs()).isEqualTo(estimate.wallErrorNs());
        assertThat(estimate.countedCallees()).isZero();
        assertThat(estimate.recursive()).isFalse();
    }

    /** A rehearsal in which the thread is held up says nothing about the call. */
    @Test
    void shouldTakeTheLesserRehearsal() {
        BudgetRun own = new BudgetRun(5, 30);
        int hot = own.table.register("hot");
        own.makeHot(hot, 4);
        AtomicInteger asked = new AtomicInteger();
        own.clocks.whenAsked(() -> own.clocks.readingTakes(asked.getAndIncrement() == 0 ? 5_000 : 30));
        for (int i = 0; i < 1_000; i++) {
            asked.set(0);
            own.call(hot, 0);
        }
        MethodInterval m = own.taken("hot");

        assertThat(Objects.requireNonNull(m.estimate()).probeNs())
                .isEqualTo(30 * m.wall().getTotalCount());
        assertThat(m.wallNs()).isEqualTo(30 * m.wall().getTotalCount());
    }

    /** Of calls that take up to 10 us. Two standard errors are exceeded once in 22 times. */
    @Test
    void shouldBoundItsEstimates() {
        Random random = new Random(7);
        int inBound = 0;
        int trials = 100;
        for (int trial = 0; trial < trials; trial++) {
            BudgetRun own = new BudgetRun(trial + 1, 30);
            int hot = own.table.register("hot");
            own.makeHot(hot, 16);
            long trueNs = 0;
            for (int i = 0; i < 20_000; i++) {
                long ns = random.nextInt(10_000);
                own.call(hot, ns);
                trueNs += ns;
            }
            MethodInterval m = own.taken("hot");
            Estimate estimate = Objects.requireNonNull(m.estimate());
            long offNs = Objects.requireNonNull(m.wallNs()) - estimate.probeNs() - trueNs;
            inBound += Math.abs(offNs) <= 2 * estimate.wallErrorNs() ? 1 : 0;
        }
        assertThat(inBound).isBetween(88, trials - 1);
    }

    /** Ten levels each time. */
    @Test
    void shouldSayThatSumsOfRecursiveCallsAreLimits() {
        run.makeHot(a, 16);
        for (int i = 0; i < 10_000; i++) {
            recurse(10);
        }
        run.calls(b, 1);
        Map<String, MethodInterval> taken = run.take();

        assertThat(Objects.requireNonNull(get(taken, "a").estimate()).recursive())
                .isTrue();
        assertThat(get(taken, "a").wallNs()).isGreaterThan(10_000 * 10 * 100L);
        assertThat(get(taken, "b").estimate()).isNull();
    }

    @Test
    void shouldKnowSumsOfRecursiveCallsThatAreAllMeasured() {
        for (int i = 0; i < 10; i++) {
            recurse(10);
        }
        MethodInterval m = run.taken("a");
        assertThat(m.wallNs()).isEqualTo(10 * 10 * 100L);
        assertThat(m.estimate()).isNull();
    }

    private void recurse(int levels) {
        Object frame = run.probe.enter(a);
        run.clocks.advance(100, 100);
        if (levels > 1) {
            recurse(levels - 1);
        }
        run.probe.exit(frame, null);
    }
}
