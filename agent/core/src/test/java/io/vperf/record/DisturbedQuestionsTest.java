package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.SwitchingClocks;
import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of calls where the kernel could not be asked in peace. */
class DisturbedQuestionsTest {

    private static final long MS = 1_000_000;
    private static final long INTERRUPT_NS = 300_000;

    private final TestHealth health = new TestHealth();
    private final SwitchingClocks clocks = new SwitchingClocks();
    private final CpuClock clock = clocks.cpu();
    private final MethodTable methods = new MethodTable(1, health.health());
    private final int method = methods.register("m");
    private final Recording recording = new Recording(methods, clocks, clock, health.health(), 50_000, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final LastCall.Of last = new LastCall(recording).ofThisThread();

    private int seen;
    private int since;

    DisturbedQuestionsTest() {
        recording.setStealKnown(true);
    }

    private void end(@Nullable Object frame) {
        probe.exit(frame, null);
        last.look(frame);
    }

    private long waitedNs(@Nullable Object frame) {
        end(frame);
        return Objects.requireNonNull(last.call).waitedNs();
    }

    /** The last piece is in no count yet when the renewal gives up, and was before the call. */
    @Test
    void shouldNotLayAWaitBeforeTheEntryIntoTheCall() {
        clock.ledger().setStealAbout(true);
        end(probe.enter(method));
        clocks.run(2 * MS);
        clocks.between(() -> clocks.preempt(100_000));
        Object frame = probe.enter(method);
        clocks.between(() -> {});
        clocks.run(2 * MS);

        assertThat(waitedNs(frame)).isEqualTo(ThreadClock.UNKNOWN);
        Object next = probe.enter(method);
        clocks.preempt(MS);
        assertThat(waitedNs(next)).isEqualTo(MS);
    }

    /** The counters have it then, and had no earlier value that it could be told by. */
    @Test
    void shouldNotOverlookAWaitWhileItCatchesUpWithTheCounters() {
        clock.ledger().setStealAbout(false);
        end(probe.enter(method));
        clocks.preempt(MS);
        end(probe.enter(method));
        clock.ledger().setStealAbout(true);

        Object frame = probe.enter(method);
        clocks.run(5 * MS);
        seen = clocks.waitReadings;
        clocks.between(() -> {
            if (clocks.waitReadings == seen + 1 && since++ == 0) {
                clocks.preempt(MS);
            }
        });

        assertThat(waitedNs(frame)).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(since).isPositive();
    }

    /** The CPU time at the entry seems less than it was, by what the thread was charged for after the kernel looked. */
    @Test
    void shouldNotShowMoreCpuThanWallTimeAfterInterruptsInEveryQuestion() {
        clocks.between(() -> {
            if (clocks.kernelReadings != seen && ++since == 2) {
                clocks.run(INTERRUPT_NS);
                seen = clocks.kernelReadings;
                since = 0;
            }
        });
        Object frame = probe.enter(method);
        clocks.between(() -> {});
        Object inner = probe.enter(method);
        clocks.run(5 * MS);

        end(inner);
        assertThat(last.cpuNs - last.wallNs).isBetween(-SwitchingClocks.QUIET_NS, SwitchingClocks.QUIET_NS);
        end(frame);
        assertThat(last.cpuNs - last.wallNs).isBetween(-SwitchingClocks.QUIET_NS, SwitchingClocks.QUIET_NS);
    }

    /** However often the kernel is asked again, an answer that was made old by the next question is not taken for a new one. */
    @Test
    void shouldNotTakeTheTimeOfAHoldUpAfterTheLastQuestionForCpuTime() {
        clock.ledger().setStealAbout(true);
        end(probe.enter(method));
        clocks.run(2 * MS);
        clocks.between(() -> {
            if (clocks.waitReadings != seen) {
                seen = clocks.waitReadings;
                clocks.preempt(INTERRUPT_NS);
            }
        });
        Object frame = probe.enter(method);
        clocks.between(() -> {});
        Frame f = (Frame) Objects.requireNonNull(frame);

        assertThat(seen).isGreaterThan(2);
        assertThat(f.entryCpuNs() - clocks.cpuNsAt(f.entryNs))
                .isBetween(-SwitchingClocks.QUIET_NS, SwitchingClocks.QUIET_NS);
    }
}
