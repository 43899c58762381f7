package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    private final RunSummary run = new RunSummary(null);

    private static IntervalSnapshot interval(int number, MethodInterval... methods) {
        return new IntervalSnapshot(number, number + 1, List.of(methods), null, Map.of());
    }

    /** The same method with and without known steal. */
    private static MethodInterval stealUnknown() {
        return Snapshots.stealUnknown(Snapshots.corrected().name());
    }

    @Test
    void shouldAddUpIntervals() {
        run.accept(interval(0, Snapshots.corrected()));
        run.accept(interval(1, Snapshots.corrected(), Snapshots.wallOnly()));
        MethodSummary m = run.methods().get(0);

        assertThat(run.intervals()).isEqualTo(2);
        assertThat(run.coveredMs()).isEqualTo(2);
        assertThat(m.calls).isEqualTo(2006);
        assertThat(m.exceptions).isEqualTo(4);
        assertThat(m.corrected.stolenNs()).isEqualTo(6_000_000);
        assertThat(m.corrected.boundNs(null)).isEqualTo(2_000_000);
        assertThat(m.uncorrectedCalls).isEqualTo(2);
        assertThat(m.wall().getTotalCount()).isEqualTo(2006);
        assertThat(m.corrected.wall().getTotalCount()).isEqualTo(2006);
        assertThat(m.cpu().getTotalCount()).isEqualTo(2006);
    }

    @Test
    void shouldRelateStealToTheTimeInWhichItWasKnown() {
        run.accept(interval(0, stealUnknown()));
        run.accept(interval(1, Snapshots.corrected()));
        MethodSummary m = run.methods().get(0);

        assertThat(m.sampled.total.rawNs()).isEqualTo(20_000_000);
        assertThat(m.corrected.rawNs()).isEqualTo(15_000_000);
        assertThat(m.corrected.stolenNs()).isEqualTo(3_000_000);
    }

    @Test
    void shouldKeepUnknownStealUnknown() {
        run.accept(interval(0, stealUnknown()));
        assertThat(run.methods().get(0).corrected.isKnown()).isFalse();
    }

    @Test
    void shouldShowCallsInFlightOfTheLastIntervalOnly() {
        run.accept(interval(0, Snapshots.inFlight()));
        assertThat(run.methods().get(0).inFlight).isEqualTo(3);
        run.accept(interval(1));
        assertThat(run.methods().get(0).inFlight).isZero();
        assertThat(run.methods().get(0).oldestInFlightNs).isZero();
    }

    /** Invariant 3. */
    @Test
    void shouldAddUpWhatIsKnownAndKeepTheRestUnknown() {
        run.accept(interval(0, Snapshots.sampled(64, 0)));
        MethodSummary m = run.methods().get(0);
        assertThat(m.calls).isEqualTo(7);
        assertThat(m.unmeasuredCalls).isEqualTo(7);
        assertThat(m.exceptions).isNull();
        assertThat(m.sampled.total.rawNs()).isNull();
        assertThat(m.sampled.self.rawNs()).isNull();

        run.accept(interval(1, Snapshots.sampled(64, 10)));
        run.accept(interval(2, Snapshots.sampled(64, 0)));
        assertThat(m.calls).isEqualTo(640 + 3 * 7);
        assertThat(m.unmeasuredCalls).isEqualTo(14);
        assertThat(m.exceptions).isZero();
        assertThat(m.sampled.total.rawNs()).isEqualTo(64_000);
        assertThat(m.sampled.self.rawNs()).isEqualTo(64_000);
    }

    @Test
    void shouldPutTheMostSelfTimeFirst() {
        run.accept(interval(0, Snapshots.sampled(64, 0), Snapshots.wallOnly(), Snapshots.corrected()));
        assertThat(run.methods()).extracting(m -> m.sampled.self.rawNs()).containsExactly(14_000_000L, 42_000L, null);
    }
}
