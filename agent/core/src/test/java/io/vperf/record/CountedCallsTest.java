package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.counters.CallCounters;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountedCallsTest {

    /** Two counters that a test moves, and of which it may forget one. */
    private static final class MovedCounters implements CallCounters, CallCounters.ThreadReader {

        private final FakeClocks clocks;
        private final long[] now = new long[2];
        boolean unknown;
        boolean estimated;
        boolean refused;
        int open;

        MovedCounters(FakeClocks clocks) {
            this.clocks = clocks;
        }

        void count(long first, long second) {
            now[0] += first;
            now[1] += second;
        }

        @Override
        public List<String> names() {
            return List.of("x", "y");
        }

        @Override
        public @Nullable ThreadReader forThisThread() {
            if (refused) {
                return null;
            }
            open++;
            return this;
        }

        @Override
        public int words() {
            return 2;
        }

        @Override
        public long readAtEntry(long[] into) {
            System.arraycopy(now, 0, into, 0, 2);
            return clocks.nowNs();
        }

        @Override
        public long readAtExit(long[] into) {
            long nowNs = clocks.nowNs();
            System.arraycopy(now, 0, into, 0, 2);
            return nowNs;
        }

        @Override
        public long counts(long[] entry, long[] exit, long[] into, int at) {
            into[at] = exit[0] - entry[0];
            into[at + 1] = unknown ? UNKNOWN : exit[1] - entry[1];
            return estimated ? 1 : 0;
        }

        @Override
        public void close() {
            open--;
        }
    }

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(10, health.health());
    private final FakeClocks clocks = new FakeClocks(1_000);
    private final MovedCounters counters = new MovedCounters(clocks);
    private final Recording recording = new Recording(
            table, new CallSources(clocks, clocks.cpu(), counters), health.health(), 50_000, 100, 0, null);
    private final ProbeHandler probe = recording.probeHandler();
    private final int a = table.register("a");
    private final int b = table.register("b");

    private MethodInterval take(String name) {
        return recording.take(0, null, fromNs -> Long.MAX_VALUE).methods().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void call(int method, long first, long second) {
        Object frame = probe.enter(method);
        clocks.advance(100, 100);
        counters.count(first, second);
        probe.exit(frame, null);
    }

    @Test
    void shouldCountEachCallAndAllTogether() {
        call(a, 3, 40);
        counters.count(1_000, 1_000); // of nobody
        call(a, 5, 60);
        MethodInterval m = take("a");

        assertThat(m.calls()).isEqualTo(2);
        assertThat(m.wallNs()).isEqualTo(200);
        assertThat(m.counters()).extracting(CounterInterval::name).containsExactly("x", "y");
        assertThat(m.counters()).extracting(CounterInterval::sum).containsExactly(8L, 100L);
        assertThat(m.counters()).extracting(CounterInterval::calls).containsExactly(2L, 2L);
        assertThat(m.counters().get(0).counts().getCountAtValue(3)).isEqualTo(1);
        assertThat(m.counters().get(0).counts().getCountAtValue(5)).isEqualTo(1);
        assertThat(m.counters().get(1).counts().getMaxValue()).isEqualTo(60);
    }

    @Test
    void shouldBeginEachIntervalAnew() {
        call(a, 3, 40);
        assertThat(take("a").counters().get(0).sum()).isEqualTo(3);
        call(a, 4, 0);
        assertThat(take("a").counters()).extracting(CounterInterval::sum).containsExactly(4L, 0L);
    }

    @Test
    void shouldHoldWhatACallCallsAndCountRecursionOnce() {
        Object outer = probe.enter(a);
        counters.count(1, 1);
        call(b, 10, 10);
        call(a, 100, 100);
        probe.exit(outer, null);
        IntervalSnapshot taken = recording.take(0, null, fromNs -> Long.MAX_VALUE);
        MethodInterval ofA = taken.methods().get(0);
        MethodInterval ofB = taken.methods().get(1);

        assertThat(ofA.counters().get(0).sum()).isEqualTo(111);
        assertThat(ofA.counters().get(0).calls()).isEqualTo(2);
        assertThat(ofA.counters().get(0).counts().getMaxValue()).isEqualTo(111);
        assertThat(ofB.counters().get(0).sum()).isEqualTo(10);
    }

    @Test
    void shouldCompareOnlySumsOfTheSameCalls() {
        call(a, 3, 40);
        counters.unknown = true;
        call(a, 5, 60);
        List<CounterInterval> counted = take("a").counters();

        assertThat(counted).extracting(CounterInterval::calls).containsExactly(2L, 1L);
        assertThat(counted).extracting(CounterInterval::sum).containsExactly(8L, 40L);
        assertThat(counted).extracting(CounterInterval::comparableSum).containsExactly(3L, 40L);
    }

    @Test
    void shouldTellHowManyAreEstimates() {
        call(a, 3, 40);
        counters.estimated = true;
        call(a, 5, 60);

        assertThat(take("a").counters())
                .extracting(CounterInterval::estimatedCalls)
                .containsExactly(1L, 0L);
    }

    @Test
    void shouldMeasureTheTimesOfCallsAsWithoutCounters() {
        Object frame = probe.enter(a);
        clocks.advance(1_234, 567);
        probe.exit(frame, new IllegalStateException());
        MethodInterval m = take("a");

        assertThat(m.wallNs()).isEqualTo(1_234);
        assertThat(m.cpuNs()).isEqualTo(567);
        assertThat(m.exceptions()).isEqualTo(1);
    }

    @Test
    void shouldCountRegionsAndLongCallsToo() {
        recording.setStealKnown(true);
        long token = probe.enterRegion("r");
        counters.count(7, 8);
        clocks.advance(60_000, 60_000); // waits for its correction
        probe.exitRegion(token);
        assertThat(recording.take(0, null, fromNs -> Long.MAX_VALUE).methods()).isEmpty();
        recording.settle(new NoSteal(), false);
        MethodInterval m =
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods().get(0);

        assertThat(m.calls()).isEqualTo(1);
        assertThat(m.counters()).extracting(CounterInterval::sum).containsExactly(7L, 8L);
    }

    @Test
    void shouldSurviveMoreThanAJournalHolds() {
        for (int i = 0; i < 10_000; i++) {
            call(a, 1, i % 3);
        }
        assertThat(take("a").counters()).extracting(CounterInterval::sum).containsExactly(10_000L, 9_999L);
    }

    @Test
    void shouldRefuseAndCountCallsOfAThreadThatCanHaveNone() {
        counters.refused = true;
        call(a, 3, 40);
        call(a, 3, 40);

        MethodInterval m = take("a");
        assertThat(m.calls()).isEqualTo(2);
        assertThat(m.counters()).isEmpty();
        assertThat(health.health().total(Trouble.COUNTS_REFUSED)).isEqualTo(2);
    }

    @Test
    void shouldReadNothingForAFrameOfAnotherThread() throws Exception {
        Object frame = probe.enter(a);
        Thread other = new Thread(() -> probe.exit(frame, null));
        other.start();
        other.join();
        counters.count(3, 40);
        probe.exit(frame, null);

        assertThat(take("a").counters()).extracting(CounterInterval::sum).containsExactly(3L, 40L);
    }

    @Test
    void shouldCloseWhatAThreadOpened() throws Exception {
        Thread[] threads = new Thread[20];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> call(b, 1, 1));
            threads[i].start();
            threads[i].join();
        }
        assertThat(counters.open).isEqualTo(20);
        recording.settle(new NoSteal(), false);
        assertThat(counters.open).isZero();
        assertThat(take("b").counters().get(0).calls()).isEqualTo(20);
    }

    @Test
    void shouldShowWhatTheProbeItselfAdds() {
        CallCounters busy = new CallCounters() {
            private final long[] now = new long[1];

            @Override
            public List<String> names() {
                return List.of("z");
            }

            @Override
            public ThreadReader forThisThread() {
                return new ThreadReader() {
                    @Override
                    public int words() {
                        return 1;
                    }

                    @Override
                    public long readAtEntry(long[] into) {
                        now[0] += 100; // before the counter is read
                        into[0] = now[0];
                        now[0] += 5;
                        return clocks.nowNs();
                    }

                    @Override
                    public long readAtExit(long[] into) {
                        now[0] += 3;
                        into[0] = now[0];
                        now[0] += 50;
                        return clocks.nowNs();
                    }

                    @Override
                    public long counts(long[] entry, long[] exit, long[] into, int at) {
                        into[at] = exit[0] - entry[0];
                        return 0;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        try (TrialRecording trial = new TrialRecording(new CallSources(clocks, clocks.cpu(), busy))) {
            // The fake clock asks the kernel at each entry; then the counters are read once more.
            assertThat(trial.counts()).containsExactly(new ProbeCount("z", 8, 263));
        }
        try (TrialRecording trial = new TrialRecording(new CallSources(clocks, clocks.cpu()))) {
            assertThat(trial.counts()).isEmpty();
        }
    }
}
