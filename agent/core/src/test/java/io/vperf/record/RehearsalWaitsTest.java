package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RehearsalWaitsTest {

    private static final long CALL_NS = 2_000;
    private static final long OTHER_NS = 3_000;
    private static final long SLICE_NS = 3_000_000;

    private final BudgetRun run = new BudgetRun(7);
    private final int method = run.table.register("hot");
    private long ranNs;

    private void run(long ns) {
        run.clocks.advance(ns, ns);
        ranNs += ns;
    }

    /** The kernel switches to another thread when it is asked, as soon as the slice is over. */
    private void endSlicesWhenAsked() {
        run.clocks.whenAsked(() -> {
            if (ranNs >= SLICE_NS) {
                ranNs = 0;
                run.clocks.pass(SLICE_NS);
            }
        });
    }

    private MethodInterval takenAfter(int calls) {
        for (int i = 0; i < calls; i++) {
            Object frame = run.probe.enter(method);
            run(CALL_NS);
            run.probe.exit(frame, null);
            run(OTHER_NS);
        }
        return run.taken("hot");
    }

    /** The calls take two fifths of the time in which the thread runs, so of its waits, too. */
    @Test
    void shouldGiveCallsTheirPartOfTheWaitsThatCameInRehearsals() {
        run.makeHot(method, 64);
        endSlicesWhenAsked();
        int calls = 400_000;

        MethodInterval m = takenAfter(calls);

        Estimate estimate = Objects.requireNonNull(m.estimate());
        double trueNs = 2.0 * CALL_NS * calls; // as much again as it ran: the vCPU is shared by two
        assertThat((double) Objects.requireNonNull(m.wallNs()) + estimate.waitsNs())
                .isCloseTo(trueNs, Percentage.withPercentage(5));
        assertThat(estimate.waitsNs()).isGreaterThan((long) (0.8 * CALL_NS * calls));
        assertThat(estimate.selfWaitsNs()).isEqualTo(estimate.waitsNs());
        assertThat(estimate.wallErrorNs()).isLessThan(estimate.waitsNs());
    }

    @Test
    void shouldAddNothingWhereNobodyWaits() {
        run.makeHot(method, 64);

        Estimate estimate = Objects.requireNonNull(takenAfter(100_000).estimate());

        assertThat(estimate.drawnCalls()).isPositive();
        assertThat(estimate.waitsNs()).isZero();
        assertThat(estimate.selfWaitsNs()).isZero();
    }

    @Test
    void shouldAskForNothingThatTheKernelWasNotAsked() {
        RehearsalWaits waits = new RehearsalWaits();
        ThreadFrames frames = new ThreadFrames(
                Thread.currentThread(), false, 1, null, run.clocks.cpu().forVirtualThread());
        waits.add(frames, SLICE_NS, ThreadClock.UNKNOWN);
        assertThat(waits.takeShare()).isZero();
        waits.add(frames, SLICE_NS, 1_000);
        assertThat(waits.takeShare()).as("nothing to go by yet").isZero();
        waits.add(frames, SLICE_NS, 1_000 + 2 * SLICE_NS);
        assertThat(waits.takeShare()).isEqualTo(0.5);
        assertThat(waits.takeShare()).isZero();
    }
}
