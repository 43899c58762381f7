package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallRecorderTest {

    private static final long SHORT_NS = 50_000;

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(1_000);
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), SHORT_NS, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final int a = table.register("a");
    private final int b = table.register("b");

    private Map<String, MethodInterval> take() {
        Map<String, MethodInterval> byName = new HashMap<>();
        for (MethodInterval m :
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods()) {
            byName.put(m.name(), m);
        }
        return byName;
    }

    private static MethodInterval get(Map<String, MethodInterval> taken, String name) {
        return Objects.requireNonNull(taken.get(name), name);
    }

    @Test
    void shouldMeasureACallToTheNanosecond() {
        Object frame = probe.enter(a);
        clocks.advance(1_234, 567);
        probe.exit(frame, null);
        MethodInterval m = get(take(), "a");

        assertThat(m.calls()).isEqualTo(1);
        assertThat(m.exceptions()).isZero();
        assertThat(m.wallNs()).isEqualTo(1_234);
        assertThat(m.selfNs()).isEqualTo(1_234);
        assertThat(m.cpuNs()).isEqualTo(567);
        assertThat(m.inFlight()).isZero();
    }

    @Test
    void shouldTakeTheTimeOfMeasuredCalleesOutOfSelfTime() {
        Object outer = probe.enter(a);
        clocks.advance(100, 100);
        Object inner = probe.enter(b);
        clocks.advance(40, 40);
        probe.exit(inner, null);
        clocks.advance(7, 7);
        inner = probe.enter(b);
        clocks.advance(20, 20);
        probe.exit(inner, new IllegalStateException());
        probe.exit(outer, null);
        Map<String, MethodInterval> taken = take();

        assertThat(get(taken, "a").wallNs()).isEqualTo(167);
        assertThat(get(taken, "a").selfNs()).isEqualTo(107);
        assertThat(get(taken, "b").wallNs()).isEqualTo(60);
        assertThat(get(taken, "b").selfNs()).isEqualTo(60);
        assertThat(get(taken, "b").exceptions()).isEqualTo(1);
    }

    /** Also of calls in which the clock did not move, or that ended in an exception; not those of callees. */
    @Test
    void shouldCountMeasuredCallees() {
        Object outer = probe.enter(a);
        Object inner = probe.enter(b);
        probe.exit(inner, null);
        for (int i = 0; i < 3; i++) {
            inner = probe.enter(b);
            probe.exit(probe.enter(a), null);
            clocks.advance(20, 20);
            probe.exit(inner, i == 0 ? new IllegalStateException() : null);
        }
        probe.exitRegion(probe.enterRegion("r"));
        probe.enter(b); // whose exit is not seen
        probe.exit(outer, null);
        Map<String, MethodInterval> taken = take();

        assertThat(get(taken, "a").measuredCallees()).isEqualTo(5);
        assertThat(get(taken, "b").measuredCallees()).isEqualTo(3);
        assertThat(get(taken, "region:r").measuredCallees()).isZero();
    }

    @Test
    void shouldCountTheCalleesOfALongCall() {
        recording.setStealKnown(true);
        Object outer = probe.enter(a);
        for (int i = 0; i < 4; i++) {
            Object inner = probe.enter(b);
            clocks.advance(SHORT_NS, SHORT_NS);
            probe.exit(inner, null);
        }
        probe.exit(outer, null);
        recording.settle(RecordingBoundTest.JUDGE, true);

        assertThat(get(take(), "a").measuredCallees()).isEqualTo(4);
    }

    @Test
    void shouldCountTotalTimeOfRecursionOnce() {
        List<@Nullable Object> frames = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            frames.add(probe.enter(a));
            clocks.advance(10, 10);
        }
        for (int i = frames.size() - 1; i >= 0; i--) {
            probe.exit(frames.get(i), null);
        }
        MethodInterval m = get(take(), "a");

        assertThat(m.calls()).isEqualTo(10);
        assertThat(m.wallNs()).isEqualTo(100);
        assertThat(m.selfNs()).isEqualTo(100);
        assertThat(m.wall().getTotalCount()).as("every level").isEqualTo(10);
        assertThat(m.wall().getMinNonZeroValue()).isEqualTo(10);
    }

    @Test
    void shouldDropFramesWhoseExitWasNotSeen() {
        Object outer = probe.enter(a);
        probe.enter(b);
        probe.enter(b);
        clocks.advance(10, 10);
        probe.exit(outer, null);
        Map<String, MethodInterval> taken = take();

        assertThat(get(taken, "a").calls()).isEqualTo(1);
        assertThat(taken).doesNotContainKey("b");
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(2);
    }

    @Test
    void shouldCountAnExitThatComesTwice() {
        Object frame = probe.enter(a);
        probe.exit(frame, null);
        probe.exit(frame, null);
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(1);
        assertThat(get(take(), "a").calls()).isEqualTo(1);
    }

    /** A library that goes on with a method on another thread, by weaving its code, takes the frame along. */
    @Test
    void shouldLeaveAThreadsFramesToThatThread() throws InterruptedException {
        Object frame = probe.enter(a);
        Thread other = new Thread(() -> {
            probe.enter(b);
            probe.constructed(frame);
            probe.exit(frame, null);
        });
        other.start();
        other.join();
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(1);

        clocks.advance(10, 10);
        probe.exit(frame, null);
        assertThat(get(take(), "a").wallNs()).isEqualTo(10);
    }

    @Test
    void shouldIgnoreCallsThatAreNotMeasured() {
        probe.constructed(null);
        probe.exit(null, new IllegalStateException());
        assertThat(health.health().totals()).isEmpty();
        assertThat(take()).isEmpty();
    }

    @Test
    void shouldNotMeasureBeyondTheDeepestStack() {
        List<@Nullable Object> frames = new ArrayList<>();
        for (int i = 0; i < ThreadFrames.MAX_DEPTH; i++) {
            frames.add(probe.enter(a));
        }
        assertThat(probe.enter(b)).isNull();
        assertThat(health.total(Trouble.TOO_DEEP)).isEqualTo(1);

        for (int i = ThreadFrames.MAX_DEPTH - 1; i >= 0; i--) {
            probe.exit(frames.get(i), null);
        }
        Map<String, MethodInterval> taken = take();
        assertThat(get(taken, "a").calls()).isEqualTo(ThreadFrames.MAX_DEPTH);
        assertThat(taken).doesNotContainKey("b");
    }

    @Test
    void shouldShowCallsThatHaveNotEnded() {
        probe.enter(a);
        clocks.pass(500);
        MethodInterval m = get(take(), "a");

        assertThat(m.calls()).isZero();
        assertThat(m.inFlight()).isEqualTo(1);
        assertThat(m.oldestInFlightNs()).isEqualTo(500);
    }

    @Test
    void shouldRecordACallInTheIntervalInWhichItEnds() {
        Object frame = probe.enter(a);
        clocks.pass(500);
        take();
        clocks.pass(500);
        probe.exit(frame, null);

        assertThat(get(take(), "a").wallNs()).isEqualTo(1000);
        assertThat(take()).isEmpty();
    }

    @Test
    void shouldKnowNoCpuTimeOfACallWhoseClockFailed() {
        Object frame = probe.enter(a);
        clocks.pass(100);
        clocks.forgetCpu();
        probe.exit(frame, null);
        MethodInterval m = get(take(), "a");

        assertThat(m.wallNs()).isEqualTo(100);
        assertThat(m.cpuNs()).isNull();
        assertThat(m.cpuUnknownCalls()).isEqualTo(1);
    }

    /** A value below zero would poison the journal: every later call of the thread and every dump would fail on it. */
    @Test
    void shouldCountClocksThatRunBackwardsAndGoOn() {
        Object frame = probe.enter(a);
        clocks.advance(100, -50);
        probe.exit(frame, null);
        frame = probe.enter(b);
        clocks.advance(-100, 50);
        probe.exit(frame, null);
        Map<String, MethodInterval> taken = take();

        assertThat(health.total(Trouble.CLOCK_BACKWARDS)).isEqualTo(2);
        assertThat(get(taken, "a").wallNs()).isEqualTo(100);
        assertThat(get(taken, "a").cpuNs()).isNull();
        assertThat(taken).as("a call of no known length").doesNotContainKey("b");

        frame = probe.enter(b);
        clocks.advance(70, 70);
        probe.exit(frame, null);
        assertThat(get(take(), "b").wallNs()).isEqualTo(70);
    }

    /** The stack walker looks for what the table says the constructor is; here: of this class. */
    private static final class Made {
        Made(Runnable inConstructor) {
            inConstructor.run();
        }
    }

    private static int depth(@Nullable Object frame) {
        return ((Frame) Objects.requireNonNull(frame)).depth;
    }

    @Test
    void shouldDropConstructorsThatEndedUnseen() {
        table.constructor(a, Made.class.getName(), "(Ljava/lang/Runnable;)V");
        // super(…) threw: no exit comes, and no such constructor is on the stack when the next call begins.
        probe.enterConstructor(a);
        Object frame = probe.enter(b);
        clocks.advance(10, 10);
        probe.exit(frame, null);
        Map<String, MethodInterval> taken = take();

        assertThat(depth(frame)).as("the frame below is gone").isZero();
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(1);
        assertThat(get(taken, "b").calls()).isEqualTo(1);
        assertThat(taken).doesNotContainKey("a");
    }

    @Test
    void shouldKeepConstructorsThatEvaluateArgumentsOfSuper() {
        table.constructor(a, Made.class.getName(), "(Ljava/lang/Runnable;)V");
        List<Integer> depths = new ArrayList<>();
        Made made = new Made(() -> {
            Object own = probe.enterConstructor(a);
            Object argument = probe.enter(b);
            depths.add(depth(argument));
            clocks.advance(10, 10);
            probe.exit(argument, null);
            probe.constructed(own);
            clocks.advance(5, 5);
            probe.exit(own, null);
        });
        Map<String, MethodInterval> taken = take();

        assertThat(made).isNotNull();
        assertThat(depths).containsExactly(1);
        assertThat(health.health().totals()).isEmpty();
        assertThat(get(taken, "a").wallNs()).isEqualTo(15);
        assertThat(get(taken, "a").selfNs()).isEqualTo(5);
    }

    @Test
    void shouldDropTheEndedOneOfTwoConstructorsOfOneKind() {
        table.constructor(a, Made.class.getName(), "(Ljava/lang/Runnable;)V");
        List<Integer> depths = new ArrayList<>();
        Made made = new Made(() -> {
            probe.enterConstructor(a); // on the stack
            probe.enterConstructor(a); // ended: there is only one
            depths.add(depth(probe.enter(b)));
        });
        assertThat(made).isNotNull();
        assertThat(depths).containsExactly(1);
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(1);
    }

    @Test
    void shouldDeferLongCallsOnlyWhileCorrecting() {
        List<LongCall> judged = new ArrayList<>();
        StealJudge judge = new JudgeOf(judged);
        for (boolean known : new boolean[] {false, true}) {
            recording.setStealKnown(known);
            clocks.migrate(3);
            Object frame = probe.enter(a);
            clocks.advance(SHORT_NS, 20_000);
            clocks.migrate(5);
            probe.exit(frame, null);
            frame = probe.enter(b);
            clocks.advance(SHORT_NS - 1, 1);
            probe.exit(frame, null);
            recording.settle(judge, false);
        }
        assertThat(judged).singleElement().satisfies(call -> {
            assertThat(call.wallNs()).isEqualTo(SHORT_NS);
            assertThat(call.cpuNs()).isEqualTo(20_000);
            assertThat(call.vcpuAtEntry()).isEqualTo(3);
            assertThat(call.vcpuAtExit()).isEqualTo(5);
            assertThat(call.depth()).isZero();
        });
        MethodInterval m = get(take(), "a");
        assertThat(m.calls()).isEqualTo(2);
        assertThat(m.stolenNs()).isEqualTo(100);
    }

    private record JudgeOf(List<LongCall> judged) implements StealJudge {

        @Override
        public boolean isCovered(LongCall call) {
            return true;
        }

        @Override
        public List<Verdict> judge(List<LongCall> calls) {
            return calls.stream().map(this::judge).toList();
        }

        private Verdict judge(LongCall call) {
            judged.add(call);
            return new Verdict(Verdict.Kind.CORRECTED, 100, 100, 90, 110);
        }

        @Override
        public void skip(LongCall call) {}

        @Override
        public void threadEnded(long thread) {}
    }
}
