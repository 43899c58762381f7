package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import io.vperf.record.Correction;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;
import org.junit.jupiter.api.Test;

class CorrectedTimesTest {

    private static final long TICK = 10_000_000;

    private final CorrectedTimes times = new CorrectedTimes();

    /** One call of 5 ms that was stolen from. */
    private static Correction call(long stolenNs, long leastNs, long mostNs) {
        return new Correction(
                stolenNs,
                leastNs,
                mostNs,
                Snapshots.histogram(5_000_000 - stolenNs, 1),
                leastNs == mostNs ? null : Snapshots.histogram(5_000_000 - mostNs, 1),
                leastNs == mostNs ? null : Snapshots.histogram(5_000_000 - leastNs, 1),
                Snapshots.histogram(stolenNs, 1),
                null,
                null);
    }

    /** The counters lose nothing from one interval to the next. */
    @Test
    void shouldCountTheResolutionOfTheCountersOnceInARun() {
        for (int interval = 0; interval < 30; interval++) {
            times.add(
                    100_000_000,
                    new Correction(
                            0, 0, 2 * TICK, Snapshots.histogram(), null, null, Snapshots.histogram(), null, null));
        }
        assertThat(times.boundNs(2 * TICK)).isEqualTo(2 * TICK);
        assertThat(times.boundNs(null)).as("an older file does not say").isEqualTo(60 * TICK);
    }

    @Test
    void shouldBoundASumByItsCallsWhereThatIsLess() {
        times.add(5_000_000, call(1_000_000, 900_000, 1_300_000));
        times.add(5_000_000, call(1_000_000, 400_000, 1_100_000));

        assertThat(times.stolenNs()).isEqualTo(2_000_000);
        assertThat(times.boundNs(10 * TICK)).isEqualTo(700_000);
    }

    @Test
    void shouldHoldIntervalsWithoutBoundsInThePercentilesOfThoseWith() {
        times.add(5_000_000, call(0, 0, 0));
        assertThat(times.isBounded()).isFalse();
        times.add(5_000_000, call(2_000_000, 1_000_000, 4_000_000));
        times.add(5_000_000, call(0, 0, 0));

        assertThat(times.isBounded()).isTrue();
        for (AbstractHistogram each : new AbstractHistogram[] {times.wall(), times.least(), times.most()}) {
            assertThat(each.getTotalCount()).isEqualTo(3);
            assertThat(each.getCountAtValue(5_000_000)).isEqualTo(2);
        }
        assertThat(times.wall().getCountAtValue(3_000_000)).isEqualTo(1);
        assertThat(times.least().getCountAtValue(1_000_000)).isEqualTo(1);
        assertThat(times.most().getCountAtValue(4_000_000)).isEqualTo(1);
    }

    @Test
    void shouldCallACorrectionUncertainThatIsNoLargerThanItsBound() {
        assertThat(CorrectedTimes.isUncertain(99, 100)).isTrue();
        assertThat(CorrectedTimes.isUncertain(100, 100)).isTrue();
        assertThat(CorrectedTimes.isUncertain(101, 100)).isFalse();
        assertThat(CorrectedTimes.isUncertain(0, 100))
                .as("nothing was corrected")
                .isFalse();

        PackedHistogram raw = new PackedHistogram(2);
        raw.recordValue(5_000_000);
        times.add(5_000_000, call(1_000_000, 500_000, 3_000_000));
        assertThat(times.isUncertain(raw, 50, 0)).isTrue();
        CorrectedTimes certain = new CorrectedTimes();
        certain.add(5_000_000, call(1_000_000, 500_000, 1_500_000));
        assertThat(certain.isUncertain(raw, 50, 0)).isFalse();
    }

    /** Of 100 calls, three could not be corrected. */
    @Test
    void shouldCallAPercentileUncertainThatMayBeOfACallThatCouldNotBeCorrected() {
        PackedHistogram raw = new PackedHistogram(2);
        raw.recordValueWithCount(5_000_000, 100);
        times.add(
                500_000_000,
                new Correction(
                        0,
                        0,
                        TICK,
                        Snapshots.histogram(5_000_000, 100),
                        Snapshots.histogram(5_000_000, 3, 1_000_000, 97),
                        null,
                        Snapshots.histogram(0, 100),
                        null,
                        null));

        assertThat(times.isUncertain(raw, 96, 3)).as("four calls are above").isFalse();
        assertThat(times.isUncertain(raw, 97, 3)).isTrue();
        assertThat(times.isUncertain(raw, 97, 0)).isFalse();
        assertThat(times.isUncertain(raw, 100, 3)).as("not even those were hit").isFalse();
        assertThat(CorrectedTimes.mayBeRaw(raw, 100, 1)).isTrue();
        assertThat(CorrectedTimes.mayBeRaw(raw, 100, 0)).isFalse();
    }
}
