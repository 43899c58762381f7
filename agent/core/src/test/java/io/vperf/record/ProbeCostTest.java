package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.FakeClocks;
import io.vperf.clock.WallClock;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ProbeCostTest {

    private final TestHealth health = new TestHealth();
    private final FakeClocks clocks = new FakeClocks(0);
    private final ProbeCost cost = new ProbeCost(new CallSources(clocks, clocks.cpu()), health.health());

    private static IntervalSnapshot interval(long measured) {
        return interval(measured, measured);
    }

    private static IntervalSnapshot interval(long calls, long measured) {
        MethodInterval method = new MethodInterval(
                "m",
                calls,
                measured,
                0L,
                1L,
                1L,
                0L,
                null,
                calls,
                0,
                1,
                null,
                0,
                0,
                new Histogram(2),
                null,
                List.of(),
                null,
                null);
        return new IntervalSnapshot(1, 2, List.of(method), null, Map.of());
    }

    @Test
    void shouldNotKnowWhatAProbeCostsBeforeItIsCompiled() {
        assertThat(cost.addTo(interval(9_999)).probeNs()).isNull();
    }

    @Test
    void shouldMeasureItOnceThereWereEnoughCalls() {
        cost.addTo(interval(9_999));
        IntervalSnapshot plain = interval(1);
        IntervalSnapshot known = cost.addTo(plain);

        assertThat(known.probeNs()).isPositive();
        assertThat(known.probeInsideNs()).as("these clocks stand still").isZero();
        assertThat(known.methods()).isEqualTo(plain.methods());
        assertThat(known.endMs()).isEqualTo(2);
    }

    /** Calls that are only counted compile nothing of the probe but its beginning. */
    @Test
    void shouldNotTakeCountedCallsForMeasuredOnes() {
        assertThat(cost.addTo(interval(1_000_000, 9_999)).probeNs()).isNull();
        assertThat(cost.addTo(interval(1_000_000, 1)).probeNs()).isPositive();
    }

    /** An application that rests is left at rest. */
    @Test
    void shouldKeepTheFigureOverIntervalsWithoutCalls() {
        Long known = cost.addTo(interval(10_000)).probeNs();
        assertThat(cost.addTo(interval(0)).probeNs()).isEqualTo(known);
    }

    /** What passes between two readings is in the call; the rest of the probe is not. */
    @Test
    void shouldTellThePartOfAProbeThatIsInTheCallsOwnTime() {
        WallClock ticking = () -> {
            clocks.advance(7, 7);
            return clocks.nowNs();
        };
        IntervalSnapshot known =
                new ProbeCost(new CallSources(ticking, clocks.cpu()), health.health()).addTo(interval(10_000));
        assertThat(known.probeInsideNs()).isEqualTo(7);
    }

    @Test
    void shouldNotTakeAPartThatIsLargerThanTheWhole() {
        WallClock leaping = () -> {
            clocks.advance(1_000_000, 1_000_000);
            return clocks.nowNs();
        };
        IntervalSnapshot known =
                new ProbeCost(new CallSources(leaping, clocks.cpu()), health.health()).addTo(interval(10_000));
        assertThat(known.probeNs()).isLessThan(1_000_000);
        assertThat(known.probeInsideNs()).isNull();
    }

    @Test
    void shouldKeepTheIntervalIfMeasuringFails() {
        WallClock none = () -> {
            throw new IllegalStateException("no clock");
        };
        ProbeCost broken = new ProbeCost(new CallSources(none, clocks.cpu()), health.health());

        assertThat(broken.addTo(interval(10_000)).methods()).hasSize(1);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isPositive();
    }

    @Test
    void shouldRecordEveryCallOfATrial() {
        try (TrialRecording trial = new TrialRecording(new CallSources(clocks, clocks.cpu()))) {
            long ignored = trial.calls().make(1_000) + trial.calls().make(7);
            assertThat(trial.recorded()).isEqualTo(1_007);
            ignored = trial.regions().make(500);
            assertThat(trial.recorded()).isEqualTo(500);
        }
    }

    @Test
    void shouldLeaveNoReaderOpen() {
        cost.addTo(interval(10_000));
        assertThat(clocks.readersOpen).hasValue(0);
    }
}
