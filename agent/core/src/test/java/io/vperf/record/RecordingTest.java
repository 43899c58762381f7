package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.steal.VcpuSteal;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordingTest {

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(0);
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50, 100, 5_000);
    private final ProbeHandler probe = recording.probeHandler();
    private final int id = table.register("m");

    private void call(long wallNs) {
        Object frame = probe.enter(id);
        clocks.advance(wallNs, wallNs);
        probe.exit(frame, null);
    }

    @Test
    void shouldJoinIntervalsWithoutAGap() {
        IntervalSnapshot first = recording.take(15_000, null, fromNs -> Long.MAX_VALUE);
        IntervalSnapshot second = recording.take(25_000, null, fromNs -> Long.MAX_VALUE);

        assertThat(first.startMs()).isEqualTo(5_000);
        assertThat(first.endMs()).isEqualTo(second.startMs()).isEqualTo(15_000);
    }

    @Test
    void shouldPassOnTheStealOfVcpusAndTheHealthCounts() {
        health.health().count(Trouble.TOO_DEEP, 3);
        List<VcpuSteal> vcpus = List.of(new VcpuSteal(0, 1, 2, 3, 0L));
        IntervalSnapshot snapshot = recording.take(1, vcpus, fromNs -> Long.MAX_VALUE);

        assertThat(snapshot.vcpus()).isEqualTo(vcpus);
        assertThat(snapshot.health()).containsExactly(Map.entry("tooDeep", 3L));
    }

    @Test
    void shouldRecordNoCallThatBeginsWhileItIsSuspendedAndMarkTheIntervals() {
        Object before = probe.enter(id);
        clocks.advance(10, 10);
        recording.suspend(true);
        call(1_000);
        assertThat(probe.enterRegion("r")).isNegative();
        probe.exit(before, null);
        IntervalSnapshot suspended = recording.take(1, null, fromNs -> Long.MAX_VALUE);
        recording.suspend(false);
        IntervalSnapshot resumed = recording.take(2, null, fromNs -> Long.MAX_VALUE);
        call(7);
        IntervalSnapshot after = recording.take(3, null, fromNs -> Long.MAX_VALUE);

        assertThat(suspended.suspended()).isTrue();
        assertThat(suspended.methods())
                .singleElement()
                .satisfies(m -> assertThat(m.calls()).as("the one in progress").isEqualTo(1));
        assertThat(resumed.suspended()).as("it was when it began").isTrue();
        assertThat(after.suspended()).isFalse();
        assertThat(after.methods())
                .singleElement()
                .satisfies(m -> assertThat(m.calls()).isEqualTo(1));
    }

    /** Invariant 3, and 6: an interval that began without known steal has no corrected histogram. */
    @Test
    void shouldBeginToCorrectWithAnInterval() {
        call(1_000);
        IntervalSnapshot unknown = recording.take(1, null, fromNs -> Long.MAX_VALUE);
        recording.setStealKnown(true);
        call(10);
        IntervalSnapshot known = recording.take(2, List.of(), fromNs -> Long.MAX_VALUE);

        assertThat(unknown.methods()).singleElement().satisfies(m -> {
            assertThat(m.corrected()).isNull();
            assertThat(m.stolenNs()).isNull();
        });
        assertThat(known.methods()).singleElement().satisfies(m -> {
            assertThat(Objects.requireNonNull(m.corrected()).getTotalCount()).isEqualTo(1);
            assertThat(m.stolenNs()).isZero();
        });
    }

    @Test
    void shouldListOnlyMethodsWithCallsOrInFlight() {
        table.register("never called");
        call(10);
        assertThat(recording.take(1, null, fromNs -> Long.MAX_VALUE).methods())
                .extracting(MethodInterval::name)
                .containsExactly("m");
    }

    /** By reflection: the tests are compiled for JDK 17. */
    @Test
    @Timeout(60)
    void shouldMeasureVirtualThreadsByWallTimeAndRefuseTheirCpuTime() throws Exception {
        Method start;
        try {
            start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            Assumptions.abort("this JDK has no virtual threads");
            return;
        }
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            start.invoke(null, (Runnable) () -> {
                probe.exit(probe.enter(id), null);
                done.countDown();
            });
        }
        done.await();
        MethodInterval m =
                recording.take(1, null, fromNs -> Long.MAX_VALUE).methods().get(0);

        assertThat(m.calls()).isEqualTo(100);
        assertThat(m.cpuNs()).isNull();
        assertThat(m.inFlight()).isZero();
        assertThat(health.total(Trouble.CPU_REFUSED)).isEqualTo(100);
    }

    /** Threads come, call and go while intervals are taken: exact to the call. */
    @Test
    @Timeout(60)
    void shouldCountEveryCallOfThreadsThatComeAndGo() throws InterruptedException {
        int threads = 300;
        int calls = 1_000;
        long seen = 0;
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < calls; i++) {
                    probe.exit(probe.enter(id), null);
                }
            });
            thread.start();
            recording.settle(RecordingBoundTest.JUDGE, false);
            for (MethodInterval m :
                    recording.take(t, null, fromNs -> Long.MAX_VALUE).methods()) {
                seen += m.calls();
            }
            thread.join();
        }
        recording.settle(RecordingBoundTest.JUDGE, false);
        for (MethodInterval m :
                recording.take(threads, null, fromNs -> Long.MAX_VALUE).methods()) {
            seen += m.calls();
            assertThat(m.inFlight()).isZero();
        }
        assertThat(seen).isEqualTo((long) threads * calls);
        assertThat(clocks.readersOpen).hasValueLessThanOrEqualTo(1);
    }
}
