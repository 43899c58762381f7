package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that end where the stack does, so that their probes fail at whatever point. Methods look as they do when woven. */
class FullStackTest {

    private static final int ROUNDS = 100;
    private static final long STACK_BYTES = 192 << 10;

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(1_000);
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 0, 1 << 16, 0);
    private ProbeHandler probe = recording.probeHandler();
    private final int bottomless = table.register("bottomless");
    private final int leaf = table.register("leaf");
    private long overflows;
    private long unseen;
    private Runnable beforeExit = () -> {};

    @BeforeEach
    void letTimePass() {
        clocks.tick(1);
    }

    private @Nullable Object enter(int id) {
        try {
            return probe.enter(id);
        } catch (Throwable t) {
            suppress(t);
            return null;
        }
    }

    private void exit(@Nullable Object frame, @Nullable Throwable thrown) {
        try {
            beforeExit.run();
            probe.exit(frame, thrown);
        } catch (Throwable t) {
            suppress(t);
        }
    }

    private void suppress(Throwable t) {
        try {
            probe.suppressed(t);
        } catch (Throwable again) {
            unseen++;
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private void bottomless() {
        Object frame = enter(bottomless);
        try {
            bottomless();
        } catch (Throwable t) {
            exit(frame, t);
            throw t;
        }
        exit(frame, null);
    }

    private void overflow(Runnable endless) throws InterruptedException {
        Thread thread = new Thread(
                null,
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        try {
                            endless.run();
                        } catch (StackOverflowError e) {
                            overflows++;
                        }
                    }
                },
                "small",
                STACK_BYTES);
        thread.start();
        thread.join();
        assertThat(overflows).isEqualTo(ROUNDS);
    }

    private MethodInterval taken(String name) {
        recording.settle(new NoSteal(), true);
        List<MethodInterval> methods =
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods();
        return methods.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    }

    private static long sum(List<MethodInterval> intervals, Function<MethodInterval, @Nullable Long> what) {
        return intervals.stream()
                .map(what)
                .mapToLong(n -> Objects.requireNonNull(n))
                .sum();
    }

    /** Deferred calls and journalled ones. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeNothingFromACallerThatIsNotRecorded(boolean stealKnown) throws InterruptedException {
        recording.setStealKnown(stealKnown);
        overflow(this::bottomless);
        MethodInterval m = taken("bottomless");

        assertThat(m.calls()).isGreaterThan(ROUNDS * 100L);
        assertThat(m.measuredCallees()).as("all but the outermost are callees").isEqualTo(m.calls() - ROUNDS);
        assertThat(m.selfNs()).isEqualTo(m.wallNs());
        assertThat(m.wall().getTotalCount()).isEqualTo(m.calls());
        assertThat(health.total(Trouble.STACK_FULL) + unseen).isPositive();
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }

    /**
     * Where a method's histograms are made anew again and again, which takes most room of all, and nearly all calls go through the
     * thread's journal.
     */
    @Test
    void shouldEnterEachCallOnceHoweverFullTheStackIs() throws InterruptedException {
        Recording small = new Recording(table, clocks, clocks.cpu(), health.health(), 0, 4, 0);
        small.setStealKnown(true);
        probe = small.probeHandler();
        List<MethodInterval> intervals = new CopyOnWriteArrayList<>();
        Runnable take = () -> {
            small.settle(new NoSteal(), true);
            small.take(0, null, fromNs -> Long.MAX_VALUE).methods().stream()
                    .filter(m -> m.calls() > 0)
                    .forEach(intervals::add);
        };
        Thread dumper = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                take.run();
                LockSupport.parkNanos(1_000_000);
            }
        });
        Random random = new Random(1);
        beforeExit = () -> clocks.tick(1 + random.nextInt(100_000));
        dumper.start();
        overflow(this::bottomless);
        dumper.interrupt();
        dumper.join();
        take.run();

        assertThat(sum(intervals, MethodInterval::selfNs)).isEqualTo(sum(intervals, MethodInterval::wallNs));
        assertThat(sum(intervals, MethodInterval::measuredCallees))
                .isEqualTo(sum(intervals, MethodInterval::calls) - ROUNDS);
        assertThat(health.total(Trouble.UNCORRECTED_OVERFLOW)).isGreaterThan(ROUNDS * 100L);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }

    /** The clock stands for any call that finds the stack full. */
    @Test
    void shouldNotTakeWhatComesLaterForCalleesOfACallLeftOpen() {
        Object open = enter(leaf);
        clocks.whenAsked(() -> {
            throw new StackOverflowError();
        });
        exit(open, null);
        assertThat(enter(leaf)).isNull();
        clocks.whenAsked(() -> {});
        exit(enter(leaf), null);
        MethodInterval m = taken("leaf");

        assertThat(m.calls()).isEqualTo(1);
        assertThat(m.measuredCallees()).isZero();
        assertThat(m.wallNs()).as("outermost").isPositive().isEqualTo(m.selfNs());
        assertThat(m.inFlight()).isZero();
        assertThat(health.total(Trouble.STACK_FULL)).isEqualTo(2);
        assertThat(health.total(Trouble.LOST_FRAMES)).isEqualTo(1);
        assertThat(health.said()).contains("no end was seen of a call of leaf (");
    }
}
