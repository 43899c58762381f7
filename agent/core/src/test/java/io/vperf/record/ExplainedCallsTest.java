package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.SwitchingClocks;
import io.vperf.clock.ThreadClock;
import io.vperf.explain.Explainer;
import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.SlowRule;
import io.vperf.explain.WallSplit;
import io.vperf.health.TestHealth;
import io.vperf.platform.KernelKind;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** From the clocks of a call's thread to the parts of its method's time. */
class ExplainedCallsTest {

    private static final long MS = 1_000_000;

    /** Readings, and what asking takes. */
    private static final Offset<Long> READINGS = Offset.offset(MS / 10);

    private final TestHealth health = new TestHealth();
    private final SwitchingClocks clocks = new SwitchingClocks();
    private final CpuClock clock = clocks.cpu();
    private final MethodTable methods = new MethodTable(3, health.health());
    private final int outer = methods.register("outer");
    private final int inner = methods.register("inner");
    private final Recording recording = new Recording(methods, clocks, clock, health.health(), 50_000, 1_000, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final Judge judge = new Judge();

    ExplainedCallsTest() {
        clock.explain();
        recording.explain(new Explainer(null), SlowRule.NONE, 0);
        know(true, KernelKind.EXCLUDES);
    }

    private void know(boolean stealKnown, KernelKind kind) {
        recording.setKernelKind(kind);
        recording.setStealKnown(stealKnown);
    }

    /** Gives each call what was stolen in pieces that its gap holds. */
    private static final class Judge implements StealJudge {

        long stolenNs;

        @Override
        public boolean isCovered(LongCall call) {
            return true;
        }

        @Override
        public List<Verdict> judge(List<LongCall> calls) {
            return calls.stream()
                    .map(call -> new Verdict(Verdict.Kind.CORRECTED, stolenNs, stolenNs, 0, call.wallNs()))
                    .toList();
        }

        @Override
        public void skip(LongCall call) {}

        @Override
        public void threadEnded(long thread) {}
    }

    private void end(Object frame) {
        probe.exit(frame, null);
    }

    private Object enter(int method) {
        return Objects.requireNonNull(probe.enter(method));
    }

    /** Of each method in the interval that ends now, in their order. */
    private List<WallSplit> take() {
        recording.settle(judge, false);
        List<WallSplit> splits = new ArrayList<>();
        for (MethodInterval m :
                recording.take(1, null, fromNs -> Long.MAX_VALUE).methods()) {
            WallSplit split = Objects.requireNonNull(m.explanation()).split();
            assertThat(split.wallNs()).isEqualTo(m.wallNs());
            splits.add(split);
        }
        return splits;
    }

    @Test
    void shouldTellRunningFromWaitingAndBlocking() {
        Object frame = enter(outer);
        clocks.run(5 * MS);
        clocks.preempt(7 * MS);
        clocks.run(3 * MS);
        clocks.block(11 * MS, 2 * MS);
        end(frame);
        WallSplit split = take().get(0);

        assertThat(split.ns(Part.RUNNING)).isCloseTo(8 * MS, READINGS);
        assertThat(split.ns(Part.RUN_DELAY)).isEqualTo(9 * MS);
        assertThat(split.ns(Part.BLOCKED)).isCloseTo(11 * MS, READINGS);
        assertThat(split.ns(Part.STOLEN)).isZero();
        assertThat(split.ns(Part.OFF_CPU)).isLessThan(MS / 10);
    }

    @Test
    void shouldGiveEachCallItsOwn() {
        Object first = enter(outer);
        clocks.preempt(4 * MS);
        Object second = enter(inner);
        clocks.preempt(5 * MS);
        end(second);
        clocks.preempt(6 * MS);
        end(first);
        Object third = enter(inner);
        clocks.run(2 * MS);
        end(third);
        List<WallSplit> splits = take();

        assertThat(splits.get(0).ns(Part.RUN_DELAY)).isEqualTo(15 * MS);
        assertThat(splits.get(1).ns(Part.RUN_DELAY)).isEqualTo(5 * MS);
    }

    @Test
    void shouldTellStealFromBlocking() {
        judge.stolenNs = 6 * MS;
        Object frame = enter(outer);
        clocks.run(5 * MS);
        clocks.steal(6 * MS);
        clocks.run(MS);
        clocks.block(11 * MS);
        end(frame);
        WallSplit split = take().get(0);

        assertThat(split.ns(Part.STOLEN)).isEqualTo(6 * MS);
        assertThat(split.ns(Part.BLOCKED)).isCloseTo(11 * MS, READINGS);
        assertThat(split.ns(Part.RUNNING)).isCloseTo(6 * MS, READINGS);
    }

    /** Calls too short to be asked about are not, and their time is in the sum all the same. */
    @Test
    void shouldNotAskAboutShortCalls() {
        long before = clocks.waitReadings;
        for (int i = 0; i < 100; i++) {
            Object frame = enter(outer);
            clocks.run(20_000);
            end(frame);
        }
        assertThat(clocks.waitReadings - before)
                .as("as the thread's clock was made")
                .isLessThanOrEqualTo(1);
        WallSplit split = take().get(0);
        assertThat(split.ns(Part.RUNNING)).isEqualTo(split.wallNs()).isGreaterThan(2 * MS);
    }

    @Test
    void shouldNotSayWhatShortCallsWereOffTheCpuFor() {
        Object warm = enter(outer);
        clocks.preempt(MS);
        end(warm);
        take();
        Object frame = enter(outer);
        clocks.run(10_000);
        clocks.block(20_000);
        end(frame);
        WallSplit split = take().get(0);

        assertThat(split.ns(Part.OFF_CPU)).isCloseTo(20_000, Offset.offset(1_000L));
        assertThat(split.ns(Part.OFF_CPU) + split.ns(Part.RUNNING)).isEqualTo(split.wallNs());
    }

    /** Calls that are long enough to be explained, and not for a question. */
    @Test
    void shouldNotGuessWhatNobodyAskedAbout() {
        Object frame = enter(outer);
        clocks.preempt(MS);
        end(frame);
        take();
        frame = enter(outer);
        clocks.run(30_000);
        clocks.block(50_000);
        end(frame);
        WallSplit split = take().get(0);

        assertThat(split.ns(Part.OFF_CPU)).isCloseTo(50_000, Offset.offset(2_000L));
        assertThat(split.ns(Part.BLOCKED) + split.ns(Part.RUN_DELAY)).isLessThan(2_000);
    }

    /** Their time is in that of the outermost, on every way that a call can take. */
    @Test
    void shouldCountTheTimeOfRecursiveCallsOnce() {
        for (long ns : new long[] {2_000, 40_000, 5 * MS}) {
            Object first = enter(outer);
            Object second = enter(outer);
            clocks.run(ns);
            end(second);
            Object third = enter(outer);
            clocks.run(ns);
            clocks.block(ns);
            end(third);
            end(first);
            WallSplit split = take().get(0);
            assertThat(split.wallNs()).isBetween(3 * ns, 3 * ns + 2 * READINGS.value);
        }
    }

    @Test
    void shouldWeighCallsThatStandForOthers() {
        BudgetRun run = new BudgetRun(5);
        int hot = run.table.register("hot");
        run.recording.explain(new Explainer(null), new SlowRule(3, Long.MAX_VALUE), 0);
        run.recording.setStealKnown(true);
        run.makeHot(hot, 8);
        for (int i = 0; i < 400; i++) {
            run.call(hot, i % 3 == 0 ? MS : 1_000);
            run.recording.settle(judge, false);
        }
        MethodInterval m = run.taken("hot");
        Explanation explanation = Objects.requireNonNull(m.explanation());

        assertThat(m.samplingFactor()).isGreaterThan(1);
        assertThat(explanation.split().wallNs()).isEqualTo(m.wallNs()).isPositive();
        assertThat(explanation.split().ns(Part.RUNNING)).isEqualTo(m.cpuNs());
        assertThat(explanation.slow()).hasSizeGreaterThan(1).allSatisfy(call -> {
            assertThat(call.wallNs()).isEqualTo(MS);
            assertThat(call.weight()).isGreaterThan(1);
        });
    }

    @Test
    void shouldExplainWhereStealIsUnknownToo() {
        know(false, KernelKind.UNKNOWN);
        Object frame = enter(outer);
        clocks.run(5 * MS);
        clocks.preempt(7 * MS);
        clocks.block(11 * MS);
        end(frame);
        WallSplit split = take().get(0);

        assertThat(split.ns(Part.RUNNING_OR_STOLEN)).isCloseTo(5 * MS, READINGS);
        assertThat(split.ns(Part.RUN_DELAY)).isEqualTo(7 * MS);
        assertThat(split.ns(Part.BLOCKED)).isCloseTo(11 * MS, READINGS);
        assertThat(split.ns(Part.RUNNING) + split.ns(Part.STOLEN)).isZero();
        assertThat(split.blockedWhileStolenNs()).isNull();
    }

    @Test
    void shouldDoubtATaintedInterval() {
        judge.stolenNs = 6 * MS;
        Object frame = enter(outer);
        clocks.run(5 * MS);
        clocks.steal(6 * MS);
        clocks.preempt(4 * MS);
        end(frame);
        recording.taintInterval("the kernel was another");
        WallSplit split = take().get(0);

        assertThat(split.ns(Part.STOLEN)).isZero();
        assertThat(split.ns(Part.OFF_CPU)).isCloseTo(6 * MS, READINGS);
        assertThat(split.ns(Part.RUN_DELAY)).isEqualTo(4 * MS);
    }

    @Test
    void shouldNotExplainWhereNobodyAsked() {
        Recording plain = new Recording(methods, clocks, clocks.cpu(), health.health(), 50_000, 100, 0);
        Object frame = plain.probeHandler().enter(outer);
        clocks.run(MS);
        plain.probeHandler().exit(frame, null);
        IntervalSnapshot taken = plain.take(1, null, fromNs -> Long.MAX_VALUE);

        assertThat(taken.methods())
                .singleElement()
                .satisfies(m -> assertThat(m.explanation()).isNull());
        assertThat(taken.jvm()).isEqualTo(JvmInterval.NONE);
    }

    /** Their own clock is unknown, so all that can be said of their time is how much it is. */
    @Test
    void shouldNotExplainCallsOfUnknownCpuTime() {
        MethodStats stats = new MethodStats("m");
        long word = CallWords.word(0, 0, CallWords.OUTERMOST | CallWords.CPU_UNKNOWN);
        stats.addShort(word, 70, ThreadClock.UNKNOWN, 70);
        stats.addUncorrectedLate(word | CallWords.weightBits(2), 10, ThreadClock.UNKNOWN, 10);
        stats.addUncorrectedLate(CallWords.word(0, 0, CallWords.CPU_UNKNOWN), 10, ThreadClock.UNKNOWN, 10);
        Explanation explanation = stats.spent().take(true, true);

        assertThat(explanation.split().ns(Part.UNKNOWN))
                .isEqualTo(110)
                .isEqualTo(explanation.split().wallNs());
    }
}
