package io.vperf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The gate on the calls' own threads and the list behind it, which together keep the slowest. */
class SlowGateTest {

    private static final long NO_THRESHOLD = Long.MAX_VALUE;

    static SlowCall call(long wallNs) {
        return new SlowCall(
                0,
                wallNs,
                "t",
                1,
                null,
                null,
                false,
                1,
                null,
                null,
                new WallSplit(Map.of(Part.RUNNING, wallNs), null, null),
                Map.of(),
                List.of(),
                0);
    }

    private static List<Long> slowest(int most, List<Long> ofNs) {
        return ofNs.stream().sorted(Collections.reverseOrder()).limit(most).toList();
    }

    private static List<Long> times(SlowCalls calls) {
        return calls.list().stream().map(SlowCall::wallNs).toList();
    }

    @Property(tries = 300)
    void shouldKeepTheSlowestInWhateverOrderTheyCome(
            @ForAll @IntRange(max = 8) int slowest, @ForAll @IntRange(max = 200) int calls, @ForAll Random random) {
        SlowRule rule = new SlowRule(slowest, NO_THRESHOLD);
        SlowGate gate = new SlowGate(rule);
        for (int interval = 0; interval < 3; interval++) {
            SlowCalls kept = new SlowCalls(rule);
            List<Long> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                long wallNs = 1L + random.nextInt(random.nextBoolean() ? 10 : 1_000_000);
                all.add(wallNs);
                if (gate.admit(wallNs)) {
                    kept.add(call(wallNs));
                }
            }
            assertThat(times(kept)).as("of %s", all).isEqualTo(slowest(slowest, all));
            assertThat(gate.take())
                    .as("left out, over a threshold that is none")
                    .isZero();
        }
    }

    @Property(tries = 300)
    void shouldKeepTheSlowestAndThoseOverTheThreshold(
            @ForAll @IntRange(max = 8) int slowest, @ForAll @IntRange(max = 300) int calls, @ForAll Random random) {
        long thresholdNs = 500;
        SlowRule rule = new SlowRule(slowest, thresholdNs);
        SlowGate gate = new SlowGate(rule);
        SlowCalls kept = new SlowCalls(rule);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            long wallNs = 1L + random.nextInt(1_000);
            all.add(wallNs);
            if (gate.admit(wallNs)) {
                kept.add(call(wallNs));
            }
        }
        List<Long> over = all.stream().filter(ns -> ns >= thresholdNs).toList();
        List<Long> first = slowest(slowest, all);
        assertThat(times(kept).subList(0, first.size())).isEqualTo(first);
        long overKept = times(kept).stream().filter(ns -> ns >= thresholdNs).count();
        if (over.size() <= SlowRule.MOST_OVER_THRESHOLD) {
            assertThat(times(kept)).containsAll(over);
            assertThat(times(kept)).hasSize(Math.max(over.size(), Math.min(slowest, all.size())));
        } else {
            assertThat(overKept)
                    .isBetween((long) SlowRule.MOST_OVER_THRESHOLD, SlowRule.MOST_OVER_THRESHOLD + (long) slowest);
        }
        assertThat(overKept + gate.take() + kept.pushedOut())
                .as("kept, turned away or pushed out")
                .isEqualTo(over.size());
        assertThat(kept.list()).hasSizeLessThanOrEqualTo(slowest + SlowRule.MOST_OVER_THRESHOLD);
    }

    @Test
    void shouldTurnAwayMostCallsWhereNoneOfTheSlowestIsWanted() {
        SlowGate none = new SlowGate(new SlowRule(0, NO_THRESHOLD));
        assertThat(none.admit(Long.MAX_VALUE - 1)).isFalse();

        SlowGate over = new SlowGate(new SlowRule(0, 100));
        assertThat(over.admit(99)).isFalse();
        assertThat(over.admit(100)).isTrue();
        assertThat(over.admit(99)).isFalse();
    }

    @Test
    void shouldBeginAnewWithEachInterval() {
        SlowGate gate = new SlowGate(new SlowRule(2, NO_THRESHOLD));
        assertThat(gate.admit(50)).isTrue();
        assertThat(gate.admit(60)).isTrue();
        assertThat(gate.admit(40)).isFalse();
        assertThat(gate.admit(50)).as("no slower than the slowest").isFalse();
        gate.take();
        assertThat(gate.admit(40)).isTrue();
    }

    /** Each thread ends its calls and what was let through is entered later. */
    @Test
    void shouldKeepTheSlowestOfSeveralThreadsAtOnce() throws Exception {
        int threads = 4;
        int slowest = 2_000; // so that the gate is long busy with each
        ExecutorService all = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                SlowRule rule = new SlowRule(slowest, NO_THRESHOLD);
                SlowGate gate = new SlowGate(rule);
                SlowCalls kept = new SlowCalls(rule);
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Long> truth = new ArrayList<>();
                List<Callable<List<Long>>> calls = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    long[] ns = new Random(round * 100L + t)
                            .longs(2_000, 1, 1L << 40)
                            .toArray();
                    LongStream.of(ns).forEach(truth::add);
                    calls.add(() -> {
                        List<Long> admitted = new ArrayList<>();
                        start.await();
                        for (long wallNs : ns) {
                            if (gate.admit(wallNs)) {
                                admitted.add(wallNs);
                            }
                        }
                        return admitted;
                    });
                }
                for (Future<List<Long>> ended : all.invokeAll(calls)) {
                    ended.get().forEach(wallNs -> kept.add(call(wallNs)));
                }
                assertThat(times(kept)).isEqualTo(slowest(slowest, truth));
            }
        } finally {
            all.shutdownNow();
        }
    }
}
