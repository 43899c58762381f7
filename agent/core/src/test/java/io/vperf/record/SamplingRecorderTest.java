package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.Trouble;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds are fixed: a bound of five standard deviations is passed or not, once and for all. */
class SamplingRecorderTest {

    private static final double DEVIATIONS = 5;

    private final BudgetRun run = new BudgetRun(42);
    private final int a = run.table.register("a");
    private final int b = run.table.register("b");
    private final int c = run.table.register("c");

    /** Of a sum of {@code calls} equal values of which one in {@code oneIn} is drawn and multiplied by that. */
    private static Offset<Double> drawn(long calls, int oneIn, double value) {
        return Offset.offset(DEVIATIONS * Math.sqrt((double) calls * (oneIn - 1)) * value);
    }

    private static MethodInterval get(Map<String, MethodInterval> taken, String name) {
        return Objects.requireNonNull(taken.get(name), name);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "16, 2", "64, 3", "1024, 4", "65536, 5"})
    void shouldCountExactlyAndWeighTheDrawn(int oneIn, long seed) {
        BudgetRun own = new BudgetRun(seed);
        int hot = own.table.register("hot");
        own.makeHot(hot, oneIn);
        int calls = 2_000_000;
        for (int i = 0; i < calls; i++) {
            own.call(hot, 10);
        }
        MethodInterval m = own.taken("hot");

        assertThat(m.samplingFactor()).isEqualTo(oneIn);
        assertThat(m.calls()).isEqualTo(calls);
        assertThat((double) m.wall().getTotalCount()).isCloseTo(calls, drawn(calls, oneIn, 1));
        assertThat(m.measuredCalls()).isEqualTo(m.wall().getTotalCount() / oneIn);
        assertThat(m.wall().getTotalCount() % oneIn).isZero();
        assertThat(m.wallNs()).isEqualTo(10 * m.wall().getTotalCount());
        assertThat(m.selfNs()).isEqualTo(m.wallNs());
        assertThat(m.cpuNs()).isEqualTo(m.wallNs());
        assertThat(own.health.health().totals()).isEmpty();
    }

    /** Every N-th call would be the same one of a loop that makes N calls. */
    @Test
    void shouldNotKeepStepWithALoop() {
        run.makeHot(a, 16);
        int rounds = 100_000;
        for (int i = 0; i < rounds; i++) {
            run.call(a, 1_000);
            for (int j = 1; j < 16; j++) {
                run.call(a, 0);
            }
        }
        assertThat((double) Objects.requireNonNull(run.taken("a").wallNs()))
                .isCloseTo(1_000.0 * rounds, drawn(rounds, 16, 1_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldChangeNothingWhereEveryCallIsMeasured(long seed) {
        MethodTable table = new MethodTable(100, run.health.health());
        for (String name : List.of("a", "b", "c")) {
            table.register(name);
        }
        Recording plain = new Recording(table, run.clocks, run.clocks.cpu(), run.health.health(), 50_000, 100, 0);
        List<List<MethodInterval>> taken = new ArrayList<>();
        for (Recording recording : List.of(run.recording, plain)) {
            Random random = new Random(seed);
            for (int i = 0; i < 1_000; i++) {
                nest(recording, new int[] {a, b, c}, random, 4);
            }
            taken.add(recording.take(1, null, fromNs -> Long.MAX_VALUE).methods());
        }
        assertThat(taken.get(0)).hasSize(3).isEqualTo(taken.get(1));
    }

    private void nest(Recording recording, int[] methods, Random random, int levels) {
        Object frame = recording.probeHandler().enter(methods[random.nextInt(methods.length)]);
        run.clocks.advance(random.nextInt(100), 10);
        for (int i = random.nextInt(levels); i > 0; i--) {
            nest(recording, methods, random, levels - 1);
        }
        recording.probeHandler().exit(frame, random.nextInt(10) == 0 ? new IllegalStateException() : null);
    }

    /** a calls b, which is drawn from, which calls c. */
    @Test
    void shouldLeaveTheTimeOfCountedCallsToTheirCallers() {
        run.makeHot(b, 16);
        int rounds = 200_000;
        for (int i = 0; i < rounds; i++) {
            Object outer = run.probe.enter(a);
            run.clocks.advance(1_000, 1_000);
            Object middle = run.probe.enter(b);
            run.clocks.advance(200, 200);
            run.call(c, 50);
            run.probe.exit(middle, null);
            run.probe.exit(outer, null);
        }
        Map<String, MethodInterval> taken = run.take();
        long drawn = get(taken, "b").wall().getTotalCount() / 16;

        assertThat(get(taken, "a").samplingFactor()).isEqualTo(1);
        assertThat(get(taken, "b").samplingFactor()).isEqualTo(16);
        assertThat(get(taken, "c").samplingFactor()).isEqualTo(1);
        assertThat(drawn).isBetween(rounds / 16 / 2L, rounds / 16 * 2L);
        assertThat(get(taken, "a").wallNs()).isEqualTo(1_250L * rounds);
        assertThat(get(taken, "a").selfNs()).isEqualTo(1_200L * rounds - 200 * drawn);
        assertThat(get(taken, "b").wallNs()).isEqualTo(16 * 250 * drawn);
        assertThat(get(taken, "b").selfNs()).isEqualTo(16 * 200 * drawn);
        assertThat(get(taken, "c").selfNs()).isEqualTo(50L * rounds);
        assertThat(get(taken, "a").measuredCallees())
                .as("each time either b, or c as b was not drawn")
                .isEqualTo(rounds);
        assertThat(get(taken, "b").measuredCallees())
                .as("one c, times what b stands for")
                .isEqualTo(16 * drawn);
        assertThat(get(taken, "c").measuredCallees()).isZero();
        assertThat(get(taken, "a").estimate()).isEqualTo(new Estimate(rounds - drawn, 0, 0, 0, 0, 0, 0, null, false));
        assertThat(get(taken, "c").estimate()).isNull();
        assertThat(run.health.health().totals()).isEmpty();
    }

    @Test
    void shouldEstimateExceptions() {
        run.makeHot(a, 8);
        int calls = 100_000;
        for (int i = 0; i < calls; i++) {
            run.probe.exit(run.probe.enter(a), i % 2 == 0 ? new IllegalStateException() : null);
        }
        MethodInterval m = run.taken("a");

        assertThat(m.calls()).isEqualTo(calls);
        assertThat((double) Objects.requireNonNull(m.exceptions())).isCloseTo(calls / 2.0, drawn(calls / 2, 8, 1));
        assertThat(run.health.health().totals()).isEmpty();
    }

    @Test
    void shouldDrawConstructorsAndRegionsToo() {
        run.probe.exitRegion(run.probe.enterRegion("r"));
        int region = run.table.register("region:r");
        run.makeHot(a, 64);
        run.makeHot(region, 64);
        run.makeHot(a, 64);
        int calls = 200_000;
        for (int i = 0; i < calls; i++) {
            Object frame = run.probe.enterConstructor(a);
            run.probe.constructed(frame);
            run.probe.exit(frame, null);
            run.probe.exitRegion(run.probe.enterRegion("r"));
        }
        Map<String, MethodInterval> taken = run.take();

        for (String name : List.of("a", "region:r")) {
            MethodInterval m = get(taken, name);
            assertThat(m.samplingFactor()).as(name).isGreaterThan(1);
            assertThat(m.calls()).as(name).isEqualTo(calls);
            assertThat((double) m.wall().getTotalCount()).isCloseTo(calls, drawn(calls, m.samplingFactor(), 1));
        }
        assertThat(run.health.health().totals()).isEmpty();
    }

    /** A call that was drawn one in N and ends in another interval stands for N there, whatever N is by then. */
    @Test
    void shouldKeepTheWeightACallWasDrawnWith() {
        run.makeHot(a, 4);
        Object frame;
        int counted = 0;
        while ((frame = run.probe.enter(a)) == null) {
            counted++;
        }
        MethodInterval first = run.endSecond(run.clocks.nowNs()).get("a");
        run.clocks.advance(10, 10);
        run.probe.exit(frame, null);
        MethodInterval second = run.taken("a");

        assertThat(first).isNotNull();
        assertThat(Objects.requireNonNull(first).calls()).isEqualTo(counted);
        assertThat(first.inFlight()).isEqualTo(4);
        assertThat(second.samplingFactor()).isEqualTo(1);
        assertThat(second.calls()).isEqualTo(1);
        assertThat(second.wall().getTotalCount()).isEqualTo(4);
        assertThat(second.wallNs()).isEqualTo(4 * (BudgetRun.SECOND_NS + 10));
    }

    @Test
    void shouldKeepTheWeightOfACallThatWaitsForItsCorrection() {
        run.recording.setStealKnown(true);
        run.makeHot(a, 4);
        int calls = 80;
        for (int i = 0; i < calls; i++) {
            run.call(a, 60_000);
        }
        run.recording.settle(RecordingBoundTest.JUDGE, true);
        MethodInterval m = run.taken("a");

        assertThat(m.calls()).isEqualTo(calls);
        long stoodFor = m.wall().getTotalCount();
        assertThat(stoodFor).isPositive();
        assertThat(stoodFor % 4).isZero();
        assertThat(Objects.requireNonNull(m.corrected()).getTotalCount()).isEqualTo(stoodFor);
        assertThat(m.wallNs()).isEqualTo(60_000 * stoodFor);
        assertThat(m.stolenNs()).as("30 ns each, says the judge").isEqualTo(30 * stoodFor);
        assertThat(Objects.requireNonNull(m.estimate()).wallErrorNs())
                .isEqualTo(Math.round(60_000 * Math.sqrt(3.0 * stoodFor)));
    }

    @Test
    void shouldNotKnowTimesOfCallsNoneOfWhichWasDrawn() {
        run.recording.setStealKnown(true);
        run.makeHot(a, 1 << 20);
        run.calls(a, 10);
        MethodInterval m = run.taken("a");

        assertThat(m.calls()).isEqualTo(10);
        assertThat(m.measuredCalls()).isZero();
        assertThat(m.wall().getTotalCount()).isZero();
        assertThat(m.exceptions()).isNull();
        assertThat(m.wallNs()).isNull();
        assertThat(m.selfNs()).isNull();
        assertThat(m.measuredCallees()).isNull();
        assertThat(m.cpuNs()).isNull();
        assertThat(m.stolenNs()).isNull();
        assertThat(m.corrected()).isNull();
    }

    @Test
    @Timeout(60)
    void shouldLoseNoCallOfManyThreadsWhileTheFactorChanges() throws InterruptedException {
        int threads = 8;
        int calls = 400_000;
        AtomicBoolean[] done = new AtomicBoolean[threads];
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            AtomicBoolean own = new AtomicBoolean();
            done[t] = own;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < calls; i++) {
                    run.probe.exit(run.probe.enter(i % 3 == 0 ? a : b), null);
                }
                own.set(true);
            });
            all.add(thread);
            thread.start();
        }
        long seen = 0;
        long heated = 0;
        boolean last;
        do {
            last = true;
            for (AtomicBoolean d : done) {
                last &= d.get();
            }
            MethodStats stats = run.table.get(heated % 2 == 0 ? a : b);
            stats.lock.lock();
            try {
                stats.addCounted(BudgetRun.CALLS_IN_BUDGET * 8L);
            } finally {
                stats.lock.held = false;
                stats.lock.wake();
            }
            heated++;
            run.clocks.pass(BudgetRun.SECOND_NS);
            run.recording.settle(RecordingBoundTest.JUDGE, false);
            for (MethodInterval m : run.take().values()) {
                seen += m.calls();
            }
            Thread.sleep(1);
        } while (!last);
        for (Thread thread : all) {
            thread.join();
        }
        run.recording.settle(RecordingBoundTest.JUDGE, false);
        for (MethodInterval m : run.take().values()) {
            seen += m.calls();
        }
        assertThat(heated).isGreaterThan(3);
        assertThat(seen - heated * BudgetRun.CALLS_IN_BUDGET * 8L).isEqualTo((long) threads * calls);
        assertThat(run.health.total(Trouble.LOST_FRAMES)).isZero();
    }

    /** By reflection: the tests are compiled for JDK 17. */
    @Test
    @Timeout(60)
    void shouldCountCallsOfVirtualThreads() throws Exception {
        Method start;
        try {
            start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            Assumptions.abort("this JDK has no virtual threads");
            return;
        }
        run.makeHot(a, 4);
        CountDownLatch done = new CountDownLatch(500);
        for (int i = 0; i < 500; i++) {
            start.invoke(null, (Runnable) () -> {
                run.calls(a, 100);
                done.countDown();
            });
        }
        done.await();
        MethodInterval m = run.taken("a");

        assertThat(m.calls()).isEqualTo(50_000);
        assertThat((double) m.wall().getTotalCount()).isCloseTo(50_000, drawn(50_000, 4, 1));
        assertThat(m.inFlight()).isZero();
    }
}
