package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.counters.CallCounters;
import io.vperf.explain.Explainer;
import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.SlowRule;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Calls that are kept whole. */
class SlowCallsTest {

    private static final long MS = 1_000_000;
    private static final long STARTED_MS = 5_000;
    private static final int METHODS = 60;

    /** One that counts what is told, and one of which nothing is known. */
    private static final class Counters implements CallCounters, CallCounters.ThreadReader {

        private final FakeClocks clocks;
        long count;

        Counters(FakeClocks clocks) {
            this.clocks = clocks;
        }

        @Override
        public List<String> names() {
            return List.of("pages", "cycles");
        }

        @Override
        public ThreadReader forThisThread() {
            return this;
        }

        @Override
        public int words() {
            return 2;
        }

        @Override
        public long readAtEntry(long[] into) {
            into[0] = count;
            return clocks.nowNs();
        }

        @Override
        public long readAtExit(long[] into) {
            into[0] = count;
            return clocks.nowNs();
        }

        @Override
        public long counts(long[] entry, long[] exit, long[] into, int at) {
            into[at] = exit[0] - entry[0];
            into[at + 1] = UNKNOWN;
            return 0;
        }

        @Override
        public void close() {}
    }

    private final TestHealth health = new TestHealth();
    private final FakeClocks clocks = new FakeClocks(77 * MS);
    private final MethodTable methods = new MethodTable(METHODS, health.health());
    private final int id = methods.register("m");
    private final Counters counters = new Counters(clocks);
    private final NoSteal judge = new NoSteal();

    private Recording recording(SlowRule rule, CallCounters with) {
        Recording recording = new Recording(
                methods, new CallSources(clocks, clocks.cpu(), with), health.health(), MS, 1_000, STARTED_MS, null);
        recording.explain(new Explainer(null), rule, STARTED_MS);
        recording.setStealKnown(true);
        return recording;
    }

    private Recording recording(SlowRule rule) {
        return recording(rule, CallCounters.NONE);
    }

    private void call(ProbeHandler probe, int method, long wallNs) {
        Object frame = probe.enter(method);
        clocks.advance(wallNs, wallNs);
        probe.exit(frame, null);
    }

    private static Explanation explanation(IntervalSnapshot snapshot, int method) {
        return Objects.requireNonNull(snapshot.methods().get(method).explanation());
    }

    private static Explanation take(Recording recording) {
        return explanation(recording.take(9_000, null, fromNs -> Long.MAX_VALUE), 0);
    }

    private static List<Long> timesMs(Explanation explanation) {
        return explanation.slow().stream().map(call -> call.wallNs() / MS).toList();
    }

    @Test
    void shouldKeepWhatIsKnownOfACall() throws Exception {
        Recording recording = recording(new SlowRule(5, Long.MAX_VALUE), counters);
        ProbeHandler probe = recording.probeHandler();
        int top = methods.register("top");
        int middle = methods.register("middle");
        Thread thread = new Thread(
                () -> {
                    Object first = probe.enter(top);
                    Object second = probe.enter(middle);
                    clocks.advance(3 * MS + 999_999, MS);
                    clocks.migrate(3);
                    Object frame = probe.enter(id);
                    clocks.advance(40 * MS, 10 * MS);
                    counters.count += 12;
                    clocks.migrate(1);
                    probe.exit(frame, new IllegalStateException());
                    probe.exit(second, null);
                    probe.exit(first, null);
                },
                "worker-7");
        thread.start();
        thread.join();
        recording.settle(judge, false);
        SlowCall call = take(recording).slow().get(0);

        assertThat(call.startMs()).isEqualTo(STARTED_MS + 3);
        assertThat(call.wallNs()).isEqualTo(40 * MS);
        assertThat(call.thread()).isEqualTo("worker-7");
        assertThat(call.threadNumber()).isPositive();
        assertThat(call.vcpuAtEntry()).isEqualTo(3);
        assertThat(call.vcpuAtExit()).isEqualTo(1);
        assertThat(call.thrown()).isTrue();
        assertThat(call.weight()).isEqualTo(1);
        assertThat(call.leastStolenNs()).isZero();
        assertThat(call.split().wallNs()).isEqualTo(40 * MS);
        assertThat(call.split().ns(Part.RUNNING)).isEqualTo(10 * MS);
        assertThat(call.counters()).isEqualTo(Map.of("pages", 12L));
        assertThat(call.callers()).containsExactly("middle", "top");
        assertThat(call.callersLeftOut()).isZero();
    }

    @Test
    void shouldSayHowManyCallersAreNotNamed() {
        Recording recording = recording(new SlowRule(1, Long.MAX_VALUE));
        ProbeHandler probe = recording.probeHandler();
        List<Object> frames = new ArrayList<>();
        for (int depth = 0; depth < 40; depth++) {
            frames.add(Objects.requireNonNull(probe.enter(id)));
        }
        call(probe, id, 50 * MS);
        recording.settle(judge, false);
        SlowCall call = take(recording).slow().get(0);

        assertThat(call.callers()).hasSize(32).containsOnly("m");
        assertThat(call.callersLeftOut()).isEqualTo(8);
        assertThat(call.leastStolenNs()).isNotNull();
        assertThat(call.vcpuAtEntry()).isZero();
        for (int depth = 39; depth >= 0; depth--) {
            probe.exit(frames.get(depth), null);
        }
    }

    @Test
    void shouldTellTheTimeOfDayInLaterIntervalsToo() {
        Recording recording = recording(new SlowRule(5, Long.MAX_VALUE));
        ProbeHandler probe = recording.probeHandler();
        clocks.pass(1_000 * MS);
        recording.take(9_000, null, fromNs -> Long.MAX_VALUE);
        clocks.pass(10 * MS);
        call(probe, id, 30 * MS);
        recording.settle(judge, false);
        assertThat(take(recording).slow())
                .singleElement()
                .satisfies(call -> assertThat(call.startMs()).isEqualTo(9_010));
    }

    @Test
    void shouldKeepTheSlowestOfEachIntervalTheSlowestFirst() {
        Recording recording = recording(new SlowRule(3, Long.MAX_VALUE));
        ProbeHandler probe = recording.probeHandler();
        for (long ms : new long[] {20, 50, 30, 10, 40}) {
            call(probe, id, ms * MS);
        }
        recording.settle(judge, false);
        assertThat(timesMs(take(recording))).containsExactly(50L, 40L, 30L);

        call(probe, id, 2 * MS);
        recording.settle(judge, false);
        assertThat(timesMs(take(recording))).containsExactly(2L);
        assertThat(timesMs(takeIdle(recording))).isEmpty();
    }

    private Explanation takeIdle(Recording recording) {
        call(recording.probeHandler(), id, 10);
        return take(recording);
    }

    /** Knows that nothing was stolen from calls of one vCPU after the other. */
    private static final class Vcpus implements StealJudge {

        private final NoSteal judge = new NoSteal();
        int covered;

        @Override
        public boolean isCovered(LongCall call) {
            return call.vcpuAtExit() < covered;
        }

        @Override
        public List<Verdict> judge(List<LongCall> calls) {
            return judge.judge(calls);
        }

        @Override
        public void skip(LongCall call) {}

        @Override
        public void threadEnded(long thread) {}
    }

    @Test
    void shouldKeepCallsThatWaitForTheirCorrectionApart() throws Exception {
        Recording recording = recording(new SlowRule(5, Long.MAX_VALUE));
        ProbeHandler probe = recording.probeHandler();
        Vcpus vcpus = new Vcpus();
        for (int vcpu = 4; vcpu >= 0; vcpu--) {
            int number = vcpu;
            Thread thread = new Thread(
                    () -> {
                        clocks.migrate(number);
                        call(probe, id, (10 + number) * MS);
                    },
                    "on " + vcpu);
            thread.start();
            thread.join();
        }
        for (vcpus.covered = 1; vcpus.covered <= 5; vcpus.covered++) {
            recording.settle(vcpus, false);
        }
        assertThat(take(recording).slow())
                .extracting(call -> call.thread() + ": " + call.wallNs() / MS)
                .containsExactly("on 4: 14", "on 3: 13", "on 2: 12", "on 1: 11", "on 0: 10");
    }

    @Test
    void shouldKeepNoneWhereNobodyWantsAny() {
        Recording recording = recording(SlowRule.NONE);
        call(recording.probeHandler(), id, 900 * MS);
        recording.settle(judge, false);
        Explanation explanation = take(recording);

        assertThat(explanation.slow()).isEmpty();
        assertThat(explanation.slowLeftOut()).isZero();
        assertThat(explanation.split().ns(Part.RUNNING)).isEqualTo(900 * MS);
    }

    @Test
    void shouldSayHowManyOverTheThresholdWereLeftOut() {
        Recording recording = recording(new SlowRule(0, 20 * MS));
        ProbeHandler probe = recording.probeHandler();
        for (int i = 0; i < SlowRule.MOST_OVER_THRESHOLD + 7; i++) {
            call(probe, id, 20 * MS);
            call(probe, id, 19 * MS);
        }
        recording.settle(judge, false);
        Explanation explanation = take(recording);

        assertThat(explanation.slow()).hasSize(SlowRule.MOST_OVER_THRESHOLD);
        assertThat(explanation.slowLeftOut()).isEqualTo(7);
        assertThat(takeIdle(recording).slowLeftOut()).isZero();
    }

    /** One that ends with one interval and is corrected in the next is kept there, and left out of neither. */
    @Test
    void shouldNotCallLeftOutWhatIsKeptInTheNextInterval() {
        Recording recording = recording(new SlowRule(0, 20 * MS));
        ProbeHandler probe = recording.probeHandler();
        call(probe, id, 10);
        call(probe, id, 25 * MS);
        Explanation first = take(recording);
        recording.settle(judge, false);
        Explanation second = take(recording);

        assertThat(timesMs(first)).isEmpty();
        assertThat(first.slowLeftOut()).isZero();
        assertThat(timesMs(second)).containsExactly(25L);
        assertThat(second.slowLeftOut()).isZero();
    }

    @Test
    void shouldCountThoseOverTheThresholdThatFoundNoRoom() {
        Recording recording = new Recording(methods, clocks, clocks.cpu(), health.health(), MS, 2, 0);
        recording.explain(new Explainer(null), new SlowRule(1, 20 * MS), 0);
        recording.setStealKnown(true);
        for (int i = 0; i < 5; i++) {
            call(recording.probeHandler(), id, (30 + i) * MS);
        }
        recording.settle(judge, false);
        Explanation explanation = take(recording);

        assertThat(timesMs(explanation)).containsExactly(31L, 30L);
        assertThat(explanation.slowLeftOut()).isEqualTo(3);
    }

    @Test
    void shouldKeepNoMoreThanSoManyInAnInterval() {
        Recording recording = recording(new SlowRule(0, 20 * MS));
        ProbeHandler probe = recording.probeHandler();
        for (int interval = 0; interval < 2; interval++) {
            while (methods.size() < METHODS) {
                methods.register("m" + methods.size());
            }
            for (int method = 0; method < METHODS; method++) {
                for (int i = 0; i < SlowRule.MOST_OVER_THRESHOLD; i++) {
                    call(probe, method, 20 * MS);
                }
                recording.settle(judge, false);
            }
            IntervalSnapshot snapshot = recording.take(1, null, fromNs -> Long.MAX_VALUE);
            long kept = 0;
            long leftOut = 0;
            for (int method = 0; method < METHODS; method++) {
                kept += explanation(snapshot, method).slow().size();
                leftOut += explanation(snapshot, method).slowLeftOut();
            }
            assertThat(kept).isEqualTo(5_000);
            assertThat(leftOut).isEqualTo(1_000);
            assertThat(health.total(Trouble.SLOW_CALLS_LEFT_OUT)).isEqualTo(1_000L * (interval + 1));
        }
    }
}
