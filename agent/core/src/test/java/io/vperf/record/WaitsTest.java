package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.SwitchingClocks;
import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
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
