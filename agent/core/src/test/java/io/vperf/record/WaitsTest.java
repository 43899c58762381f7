package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.SwitchingClocks;
import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.steal.LongCall;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a long call's own thread knows of its waits. */
class WaitsTest {

    private static final long MS = 1_000_000;

    private final TestHealth health = new TestHealth();
    private final SwitchingClocks clocks = new SwitchingClocks();
    private final CpuClock clock = clocks.cpu();
    private final MethodTable methods = new MethodTable(1, health.health());
    private final int method = methods.register("m");
    private final Recording recording = new Recording(methods, clocks, clock, health.health(), 50_000, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final LastCall.Of last = new LastCall(recording).ofThisThread();

    WaitsTest() {
        recording.setStealKnown(true);
        clock.ledger().setStealAbout(true);
    }

    private LongCall end(@Nullable Object frame) {
        probe.exit(frame, null);
        last.look(frame);
        return Objects.requireNonNull(last.call);
    }

    @Test
    void shouldHaveNoWaitWithoutASwitchWhateverWasStolen() {
        Object frame = probe.enter(method);
        clocks.run(5 * MS);
        clocks.steal(20 * MS);
        LongCall call = end(frame);

        assertThat(call.waitedNs()).isZero();
        assertThat(call.runDelayNs()).isZero();
    }

    @Test
    void shouldTellForHowLongOthersWerePreferred() {
        Object outer = probe.enter(method);
        clocks.preempt(3 * MS);
        Object inner = probe.enter(method);
        clocks.run(MS);
        clocks.steal(9 * MS);
        clocks.preempt(4 * MS);
        clocks.run(MS);
        assertThat(end(inner).waitedNs()).isEqualTo(4 * MS);
        Object unhurt = probe.enter(method);
        clocks.run(MS);
        assertThat(end(unhurt).waitedNs()).isZero();
        LongCall call = end(outer);

        assertThat(call.waitedNs()).isEqualTo(7 * MS);
        assertThat(call.runDelayNs()).isEqualTo(7 * MS);
    }

    /** The kernel says that it waited for something, and for how long it then waited for its turn; not the rest. */
    @Test
    void shouldNotKnowForHowLongItBlocked() {
        Object frame = probe.enter(method);
        clocks.block(3 * MS, 2 * MS);
        LongCall call = end(frame);

        assertThat(call.waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(call.runDelayNs()).isEqualTo(2 * MS);
    }

    @Test
    void shouldKnowOfLaterCallsWhatItDoesNotKnowOfABlockedOne() {
        Object outer = probe.enter(method);
        clocks.block(3 * MS);
        Object inner = probe.enter(method);
        clocks.preempt(4 * MS);

        assertThat(end(inner).waitedNs()).isEqualTo(4 * MS);
        assertThat(end(outer).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
    }

    private LongCall blocked(long ns, long delayNs, long stolenNs) {
        Object frame = probe.enter(method);
        clocks.run(MS);
        clocks.block(ns, delayNs);
        clocks.steal(stolenNs);
        return end(frame);
    }

    /** The sampler sees to it that nothing holds up the threads that ask. */
    @Test
    void shouldKnowForHowLongItBlockedOncePerfTellsIt() {
        clocks.allowPerf();
        assertThat(blocked(MS, 0, 0).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(blocked(MS, 0, 0).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
        clock.ledger().setStealAbout(true);
        assertThat(blocked(MS, 0, 0).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);

        Object outer = probe.enter(method);
        clocks.preempt(4 * MS);
        LongCall inner = blocked(3 * MS, 2 * MS, 9 * MS);
        LongCall call = end(outer);

        assertThat(inner.waitedNs()).isEqualTo(5 * MS);
        assertThat(inner.runDelayNs()).isEqualTo(2 * MS);
        assertThat(call.waitedNs()).isEqualTo(9 * MS);
        assertThat(call.runDelayNs()).isEqualTo(6 * MS);
    }

    @Test
    void shouldAskPerfForNothingOfAThreadThatNeverBlocks() {
        clocks.allowPerf();
        for (int i = 0; i < 10; i++) {
            Object frame = probe.enter(method);
            clocks.preempt(MS);
            assertThat(end(frame).waitedNs()).isIn(MS, i == 0 ? ThreadClock.UNKNOWN : MS);
            clock.ledger().setStealAbout(true);
        }
        assertThat(clocks.taskReadings).isZero();
    }

    @Test
    void shouldCountAThreadThatPerfRefusesAndSayWhyOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(blocked(3 * MS, 2 * MS, 9 * MS).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
            clock.ledger().setStealAbout(true);
        }
        assertThat(clocks.health.total(Trouble.BLOCKS_UNKNOWN)).isEqualTo(1);
        assertThat(clocks.health.said()).containsOnlyOnce("blocked is unknown: forbidden; allow it");
    }

    /** What passed while nobody asked is no wait of the call that is the first to be asked about again. */
    @Test
    void shouldBeginAnewAfterATimeWithoutSteal() {
        clocks.allowPerf();
        blocked(MS, 0, 0);
        clock.ledger().setStealAbout(true);
        blocked(MS, 0, 0);
        clock.ledger().setStealAbout(false);
        int asked = clocks.taskReadings;
        assertThat(blocked(8 * MS, 0, 0).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(clocks.taskReadings).isEqualTo(asked);

        clock.ledger().setStealAbout(true);
        assertThat(blocked(8 * MS, 0, 0).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(blocked(MS, 0, 7 * MS).waitedNs()).isEqualTo(MS);
    }

    @Test
    void shouldAskForNothingMoreWhileThereIsNoSteal() {
        clock.ledger().setStealAbout(false);
        Object before = probe.enter(method);
        clocks.preempt(3 * MS);
        assertThat(end(before).waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(clocks.waitReadings).isZero();

        Object during = probe.enter(method);
        clocks.preempt(MS);
        clock.ledger().setStealAbout(true);
        clocks.run(MS);
        Object inner = probe.enter(method);
        clocks.preempt(MS);
        LongCall innerCall = end(inner);
        LongCall call = end(during);

        assertThat(innerCall.waitedNs()).isEqualTo(MS);
        assertThat(call.waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(call.runDelayNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(clocks.waitReadings).isEqualTo(2);
    }

    @Test
    void shouldAskForNothingMoreWithoutASwitch() {
        end(longCall());
        int asked = clocks.waitReadings;
        for (int i = 0; i < 10; i++) {
            end(longCall());
        }
        assertThat(clocks.waitReadings).isEqualTo(asked);
    }

    private @Nullable Object longCall() {
        Object frame = probe.enter(method);
        clocks.run(2 * MS);
        return frame;
    }

    /** As in {@link CpuTimeUnderStealTest}: the call's end is read again, and the wait is its own. */
    @Test
    void shouldKeepInTheCallWhatTheQuestionBroughtToItsEnd() {
        Object frame = probe.enter(method);
        clocks.run(2 * SwitchingClocks.GAP_NS);
        int[] reads = {0};
        clocks.between(() -> {
            if (++reads[0] == 5) {
                clocks.preempt(5 * MS);
            }
        });
        LongCall call = end(frame);

        assertThat(call.wallNs()).isGreaterThan(5 * MS);
        assertThat(call.waitedNs()).isEqualTo(5 * MS);
    }
}
