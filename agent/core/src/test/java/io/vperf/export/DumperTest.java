package io.vperf.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.record.IntervalSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DumperTest {

    private final TestHealth health = new TestHealth();
    private final AtomicInteger taken = new AtomicInteger();

    private IntervalSnapshot take() {
        int number = taken.incrementAndGet();
        return new IntervalSnapshot(number, number + 1, List.of(), null, Map.of());
    }

    private static class Collecting implements SnapshotSink {

        final List<IntervalSnapshot> accepted = new ArrayList<>();
        int finished;

        @Override
        public void accept(IntervalSnapshot snapshot) {
            accepted.add(snapshot);
        }

        @Override
        public void finish() {
            finished++;
        }
    }

    private static final class Failing extends Collecting {
        @Override
        public void accept(IntervalSnapshot snapshot) {
            throw new StackOverflowError("test");
        }

        @Override
        public void finish() {
            throw new IllegalStateException("test");
        }
    }

    /** That has nothing to watch. */
    private Dumper dumper(long intervalNs, Supplier<IntervalSnapshot> snapshots, SnapshotSink... sinks) {
        return new Dumper(intervalNs, snapshots, List.of(sinks), health.health(), intervalNs, () -> {});
    }

    @Test
    @Timeout(10)
    void shouldWatchWithinAnIntervalWhateverTheWatcherDoes() throws InterruptedException {
        CountDownLatch watched = new CountDownLatch(3);
        new Dumper(TimeUnit.HOURS.toNanos(1), this::take, List.of(), health.health(), 1_000_000, () -> {
                    watched.countDown();
                    throw new IllegalStateException("test");
                })
                .start();
        watched.await();
        assertThat(taken).hasValue(0);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isPositive();
    }

    @Test
    @Timeout(10)
    void shouldTakeAnotherIntervalAtOnce() throws InterruptedException {
        CountDownLatch three = new CountDownLatch(3);
        Dumper dumper = dumper(TimeUnit.HOURS.toNanos(1), () -> {
            three.countDown();
            return take();
        });
        dumper.start();
        dumper.setIntervalNs(1_000_000);
        three.await();

        assertThat(dumper.intervalNs()).isEqualTo(1_000_000);
        dumper.finish();
    }

    @Test
    void shouldGiveEverySinkTheSameSnapshot() {
        Collecting one = new Collecting();
        Collecting other = new Collecting();
        Dumper dumper = dumper(1, this::take, one, other);
        dumper.dumpNow();

        assertThat(taken).hasValue(1);
        assertThat(one.accepted.get(0)).isSameAs(other.accepted.get(0));
    }

    @Test
    void shouldNotLetASinkThatFailsStopTheOthersOrTheNextInterval() {
        Collecting healthy = new Collecting();
        Dumper dumper = dumper(1, this::take, new Failing(), healthy);
        dumper.dumpNow();
        dumper.dumpNow();
        dumper.finish();

        assertThat(healthy.accepted).hasSize(3);
        assertThat(healthy.finished).isEqualTo(1);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(4);
    }

    @Test
    void shouldGoOnAfterASnapshotThatFailed() {
        Collecting sink = new Collecting();
        Dumper dumper = dumper(
                1,
                () -> {
                    if (taken.get() == 0) {
                        taken.incrementAndGet();
                        throw new IllegalStateException("test");
                    }
                    return take();
                },
                sink);
        dumper.dumpNow();
        dumper.dumpNow();
        assertThat(sink.accepted).hasSize(1);
    }

    @Test
    void shouldTakeNothingAfterTheEnd() {
        Collecting sink = new Collecting();
        Dumper dumper = dumper(1, this::take, sink);
        dumper.finish();
        dumper.finish();
        dumper.dumpNow();

        assertThat(sink.accepted).hasSize(1);
        assertThat(sink.finished).isEqualTo(1);
    }

    /** A burst of empty intervals would follow, one for each that the stop swallowed. */
    @Test
    @Timeout(60)
    void shouldNotMakeUpForIntervalsThatTheMachineStoodStill() throws InterruptedException {
        long intervalNs = 50_000_000;
        List<Long> atNs = Collections.synchronizedList(new ArrayList<>());
        Collecting sink = new Collecting() {
            @Override
            public void accept(IntervalSnapshot snapshot) {
                atNs.add(System.nanoTime());
                if (atNs.size() == 1) {
                    try {
                        TimeUnit.NANOSECONDS.sleep(10 * intervalNs); // as long as ten intervals: stopped
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };
        Thread thread = new Thread(dumper(intervalNs, this::take, sink));
        thread.setDaemon(true);
        thread.start();
        while (atNs.size() < 3) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        thread.interrupt();
        thread.join();

        long stopEndedNs = atNs.get(0) + 10 * intervalNs;
        assertThat(atNs.get(1)).isGreaterThanOrEqualTo(stopEndedNs + intervalNs);
    }
}
