package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bound of a sum: no larger than what can have been stolen at all. */
class RecordingBoundTest {

    static final StealJudge JUDGE = new StealJudge() {
        @Override
        public boolean isCovered(LongCall call) {
            return true;
        }

        @Override
        public List<Verdict> judge(List<LongCall> calls) {
            return calls.stream().map(this::judge).toList();
        }

        private Verdict judge(LongCall call) {
            return new Verdict(Verdict.Kind.CORRECTED, 30, 30, 0, 70);
        }

        @Override
        public void skip(LongCall call) {}

        @Override
        public void threadEnded(long thread) {}
    };

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(0);
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final int id = table.register("m");

    private void longCalls(int count) {
        recording.setStealKnown(true);
        for (int i = 0; i < count; i++) {
            Object frame = probe.enter(id);
            clocks.advance(100, 100);
            probe.exit(frame, null);
        }
    }

    @Test
    void shouldNotExceedWhatTheCountersLeaveRoomFor() {
        longCalls(10);
        recording.settle(JUDGE, false);

        MethodInterval m = recording.take(1, List.of(), fromNs -> 320).methods().get(0);

        assertThat(m.stolenNs()).isEqualTo(300);
        // Between 0 and 320 truly: 300 too much, or 20 too little.
        assertThat(m.boundNs()).isEqualTo(300);
    }

    @Test
    void shouldBeTheSumOfTheCallsWhereThatIsLess() {
        longCalls(2);
        recording.settle(JUDGE, false);

        assertThat(recording
                        .take(1, List.of(), fromNs -> 10_000)
                        .methods()
                        .get(0)
                        .boundNs())
                .isEqualTo(80);
    }

    @Test
    void shouldAskFromTheEarliestEntryOn() {
        clocks.advance(7_000, 7_000);
        longCalls(3);
        recording.settle(JUDGE, false);
        List<Long> asked = new ArrayList<>();

        recording.take(1, null, fromNs -> {
            asked.add(fromNs);
            return 0;
        });

        assertThat(asked).containsExactly(clocks.nowNs() - 300);
    }

    /** The sampler answers under its own lock, and takes a method's lock under that one. */
    @Test
    void shouldAskOutsideOfTheMethodsLock() {
        longCalls(1);
        recording.settle(JUDGE, false);
        longCalls(1);
        List<Boolean> settled = new ArrayList<>();

        recording.take(1, List.of(), fromNs -> {
            Thread sampler = new Thread(() -> recording.settle(JUDGE, false));
            sampler.start();
            try {
                sampler.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            settled.add(!sampler.isAlive());
            return 0;
        });

        assertThat(settled).containsOnly(true).isNotEmpty();
    }
}
