package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CompletionsTest {

    private static final String COMPLETION = "a [completion]";

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(1_000);
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50_000, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final int a = table.register("a");

    private Map<String, MethodInterval> take() {
        Map<String, MethodInterval> byName = new HashMap<>();
        for (MethodInterval m :
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods()) {
            byName.put(m.name(), m);
        }
        return byName;
    }

    private MethodInterval taken(String name) {
        return Objects.requireNonNull(take().get(name), name);
    }

    /** A call of 10 ns that returns the stage. */
    private void call(Object returned) {
        Object frame = probe.enter(a);
        clocks.advance(10, 10);
        probe.exitWithStage(frame, returned);
    }

    @Test
    void shouldMeasureFromTheCallsBeginToTheStagesCompletion() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        call(stage);
        clocks.advance(90, 0);
        stage.complete("x");
        Map<String, MethodInterval> taken = take();

        MethodInterval call = Objects.requireNonNull(taken.get("a"));
        assertThat(call.wallNs()).as("to its return").isEqualTo(10);
        assertThat(call.cpuNs()).isEqualTo(10);
        assertThat(call.isToCompletion()).isFalse();
        MethodInterval m = Objects.requireNonNull(taken.get(COMPLETION));
        assertThat(m.isToCompletion()).isTrue();
        assertThat(m.calls()).isEqualTo(1);
        assertThat(m.measuredCalls()).isEqualTo(1);
        assertThat(m.wallNs()).isEqualTo(100);
        assertThat(m.wall().getMaxValue()).isEqualTo(100);
        assertThat(m.exceptions()).isZero();
        assertThat(m.selfNs()).isNull();
        assertThat(m.measuredCallees()).isNull();
        assertThat(m.cpuNs()).isNull();
        assertThat(m.cpu()).isNull();
        assertThat(m.cpuUnknownCalls()).isEqualTo(1);
        assertThat(m.correction()).isNull();
        assertThat(m.estimate()).isNull();
        assertThat(health.health().totals()).isEmpty();
    }

    /** Also where steal is known: of an interval of many threads it is not. */
    @Test
    void shouldNotClaimACorrection() {
        recording.setStealKnown(true);
        call(CompletableFuture.completedFuture("x"));
        Map<String, MethodInterval> taken = take();

        assertThat(Objects.requireNonNull(taken.get("a")).correction()).isNotNull();
        assertThat(Objects.requireNonNull(taken.get(COMPLETION)).correction()).isNull();
    }

    @Test
    void shouldCountWhatFailsOrIsCancelledAsExceptions() {
        List<CompletableFuture<String>> stages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stages.add(new CompletableFuture<>());
            call(stages.get(i));
        }
        stages.get(0).complete("x");
        stages.get(1).completeExceptionally(new IllegalStateException());
        stages.get(2).cancel(true);
        call(CompletableFuture.failedFuture(new IllegalStateException()));
        MethodInterval m = taken(COMPLETION);

        assertThat(m.calls()).isEqualTo(4);
        assertThat(m.exceptions()).isEqualTo(3);
        assertThat(m.inFlight()).isEqualTo(1);
    }

    @Test
    void shouldShowWhatIsOpenAtEachIntervalsEnd() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        call(stage);
        clocks.advance(90, 0);
        call(stage);
        MethodInterval first = taken(COMPLETION);
        assertThat(first.calls()).isZero();
        assertThat(first.inFlight()).isEqualTo(2);
        assertThat(first.oldestInFlightNs()).isEqualTo(110);
        assertThat(first.isToCompletion()).isTrue();

        assertThat(taken(COMPLETION).inFlight()).as("again").isEqualTo(2);
        stage.complete("x");
        MethodInterval last = taken(COMPLETION);
        assertThat(last.calls()).isEqualTo(2);
        assertThat(last.wallNs()).isEqualTo(110 + 10);
        assertThat(last.inFlight()).isZero();
        assertThat(take()).isEmpty();
    }

    @Test
    void shouldBeCompleteWithTheCallThatThrowsOrReturnsNull() {
        call(CompletableFuture.completedFuture("x"));
        Object frame = probe.enter(a);
        clocks.advance(5, 5);
        probe.exitWithStage(frame, null);
        frame = probe.enter(a);
        clocks.advance(7, 7);
        probe.exitWithoutStage(frame, new IllegalStateException());
        Map<String, MethodInterval> taken = take();

        for (String name : new String[] {"a", COMPLETION}) {
            MethodInterval m = Objects.requireNonNull(taken.get(name));
            assertThat(m.calls()).isEqualTo(3);
            assertThat(m.wallNs()).isEqualTo(10 + 5 + 7);
            assertThat(m.exceptions()).isEqualTo(1);
        }
    }

    @Test
    void shouldRecordNothingOfCallsThatAreNotMeasured() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        probe.exitWithStage(null, stage);
        probe.exitWithoutStage(null, new IllegalStateException());
        Object outer = probe.enter(a);
        Object lost = probe.enter(a);
        probe.exit(outer, null);
        probe.exitWithStage(lost, stage);

        assertThat(stage.getNumberOfDependents()).isZero();
        assertThat(take()).containsOnlyKeys("a");
    }

    @Test
    void shouldRefuseWhatItCannotWatchAndTellOnce() {
        call("text");
        call("text");
        try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>()) {
            call(publisher);
        }
        health.health().tellLines();

        assertThat(take()).containsOnlyKeys("a");
        assertThat(health.total(Trouble.COMPLETIONS_REFUSED)).isEqualTo(3);
        assertThat(health.said().lines())
                .singleElement()
                .asString()
                .contains("a is marked until = COMPLETION and has returned a java.lang.String, which is no");
    }

    /** A stage of the application's own, whose {@code handle} does what the test wants. */
    private static CompletionStage<?> foreign(UnaryOperator<CompletionHook> handle) {
        return (CompletionStage<?>) Proxy.newProxyInstance(
                CompletionsTest.class.getClassLoader(), new Class<?>[] {CompletionStage.class}, (p, method, args) -> {
                    assertThat(method.getName()).isEqualTo("handle");
                    return handle.apply((CompletionHook) args[0]);
                });
    }

    @Test
    void shouldBearForeignStagesThatThrowDropOrRepeat() {
        call(foreign(hook -> {
            throw new UnsupportedOperationException("mine");
        }));
        call(foreign(hook -> {
            hook.apply("x", null);
            hook.apply("x", null);
            throw new OutOfMemoryError("mine, after all");
        }));
        health.health().tellLines();
        MethodInterval m = taken(COMPLETION);

        assertThat(m.calls()).isEqualTo(1);
        assertThat(m.inFlight()).isZero();
        assertThat(health.total(Trouble.COMPLETIONS_REFUSED)).isEqualTo(1);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
        assertThat(health.said()).contains("whose handle(…) threw java.lang.UnsupportedOperationException");
    }

    /** Also where the collector runs late. */
    @Test
    @Timeout(60)
    void shouldLetGoOfStagesThatNobodyHolds() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            call(new CompletableFuture<String>());
        }
        CompletableFuture<String> held = new CompletableFuture<>();
        call(held);
        long inFlight;
        do {
            System.gc();
            Thread.sleep(10);
            inFlight = taken(COMPLETION).inFlight();
        } while (inFlight > 1);

        assertThat(health.total(Trouble.COMPLETIONS_LOST)).isEqualTo(1_000);
        held.complete("x");
        assertThat(taken(COMPLETION).calls()).isEqualTo(1);
        assertThat(health.total(Trouble.COMPLETIONS_LOST)).isEqualTo(1_000);
    }

    @Test
    void shouldHoldNoMoreThanItMay() {
        Completions completions = new Completions(table, clocks, health.health(), 3);
        CompletionStats stats = new CompletionStats(COMPLETION, a);
        CompletableFuture<String> stage = new CompletableFuture<>();
        for (int i = 0; i < 10; i++) {
            completions.watch(stage, stats, clocks.nowNs(), 1);
        }
        assertThat(stage.getNumberOfDependents()).isEqualTo(3);
        assertThat(health.total(Trouble.COMPLETIONS_LEFT_OUT)).isEqualTo(7);
        stage.complete("x");
        assertThat(Objects.requireNonNull(stats.take(1)).calls()).isEqualTo(3);
        completions.watch(stage, stats, clocks.nowNs(), 1);
        assertThat(Objects.requireNonNull(stats.take(1)).calls())
                .as("room again")
                .isEqualTo(1);
    }

    /** Documented: a stage tells its dependents in reverse order, and vperf's is the first there was. */
    @Test
    void shouldHoldTheTimeOfDependentsThatWereAddedAfterTheReturn() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        call(stage);
        CompletableFuture<Void> chain = stage.thenAccept(x -> clocks.advance(1_000, 1_000));
        stage.complete("x");

        assertThat(chain).isDone();
        assertThat(taken(COMPLETION).wallNs()).isEqualTo(1_010);
    }

    @Test
    void shouldSeeMinimalStagesAndNestedCompletions() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        call(first.thenCompose(x -> second).minimalCompletionStage());
        call(second);
        first.complete("x");
        clocks.advance(50, 0);
        second.complete("y");

        assertThat(taken(COMPLETION).wallNs()).isEqualTo(10 + 10 + 50 + 10 + 50);
    }

    @Test
    void shouldStandForAllCallsThatADrawnOneWasDrawnFrom() {
        BudgetRun run = new BudgetRun(42);
        int hot = run.table.register("hot");
        run.makeHot(hot, 16);
        int calls = 100_000;
        for (int i = 0; i < calls; i++) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            run.probe.exitWithStage(run.probe.enter(hot), stage);
            run.clocks.advance(1_000, 0);
            stage.complete("x");
        }
        MethodInterval m = run.taken("hot [completion]");

        assertThat(m.samplingFactor()).isEqualTo(16);
        assertThat(m.calls()).isBetween(95_000L, 105_000L).isEqualTo(16 * Objects.requireNonNull(m.measuredCalls()));
        assertThat(m.wallNs()).isEqualTo(1_000 * m.calls());
        assertThat(m.wall().getTotalCount()).isEqualTo(m.calls());
        Estimate estimate = Objects.requireNonNull(m.estimate());
        assertThat(estimate.drawnCalls()).isEqualTo(m.measuredCalls());
        assertThat(estimate.wallErrorNs()).isEqualTo(Math.round(1_000 * Math.sqrt(15.0 * m.calls())));
    }

    @Test
    void shouldEstimateNothingWhereEveryCallIsMeasured() {
        BudgetRun run = new BudgetRun(42);
        int rare = run.table.register("rare");
        run.probe.exitWithStage(run.probe.enter(rare), CompletableFuture.completedFuture("x"));

        assertThat(run.taken("rare [completion]").estimate()).isNull();
    }

    @Test
    void shouldNotThrowIntoTheThreadThatCompletes() {
        Completions broken = new Completions(
                table,
                () -> {
                    throw new IllegalStateException("broken clock");
                },
                health.health(),
                3);
        CompletableFuture<String> stage = new CompletableFuture<>();
        broken.watch(stage, new CompletionStats(COMPLETION, a), 0, 1);
        assertThat(stage.complete("x")).isTrue();
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(1);
        assertThatThrownBy(() -> broken.exitWithStage(recorder(), probe.enter(a), null))
                .as("goes to the probe, which suppresses it")
                .hasMessage("broken clock");
    }

    private CallRecorder recorder() {
        return (CallRecorder) probe;
    }
}
