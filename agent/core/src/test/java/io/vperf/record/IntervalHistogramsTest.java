package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.steal.Verdict;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interval's histograms take, and that they hold all there was. */
class IntervalHistogramsTest {

    private static final long LONG_WORD = CallWords.word(0, 0, CallWords.OUTERMOST);

    private final MethodStats stats = new MethodStats("m");

    @ParameterizedTest
    @ValueSource(
            longs = {1, Short.MAX_VALUE, Short.MAX_VALUE + 1L, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, 1L << 40})
    void shouldCountHoweverManyCallsThereAre(long calls) {
        stats.plainTimes().recordValueWithCount(1_000, calls);
        stats.addPlain(calls, 1_000 * calls, 1_000 * calls);

        AbstractHistogram wall = stats.take(0, 0, 0, List.of()).raw().wall();

        assertThat(wall.getTotalCount()).isEqualTo(calls);
        assertThat(wall.getCountAtValue(1_000)).isEqualTo(calls);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 255, 256, 1_000_000, Long.MAX_VALUE / 4})
    void shouldHoldTheLongestCall(long ns) {
        stats.addShort(LONG_WORD, 1_000, 900, 1_000);
        stats.addShort(LONG_WORD, ns, 0, ns);

        AbstractHistogram wall = stats.take(0, 0, 0, List.of()).raw().wall();

        assertThat(wall.getTotalCount()).isEqualTo(2);
        assertThat(wall.getCountAtValue(ns)).isEqualTo(1);
    }

    @Test
    void shouldHoldWallTimesOnceWhereNothingWasStolen() {
        stats.addCorrected(LONG_WORD, 0, 100_000, 90_000, ThreadClock.UNKNOWN, 100_000, stolen(0, 0));

        MethodInterval taken = stats.take(0, 0, 0, List.of()).corrected(fromNs -> Long.MAX_VALUE, false, 0);

        assertThat(taken.corrected()).isSameAs(taken.wall());
        assertThat(taken.cpu()).isNotSameAs(taken.wall());
    }

    @Test
    void shouldTellWallAndCorrectedTimesApartWhereSomethingWas() {
        stats.addCorrected(LONG_WORD, 0, 100_000, 50_000, ThreadClock.UNKNOWN, 100_000, stolen(40_000, 0));

        MethodInterval taken = stats.take(0, 0, 0, List.of()).corrected(fromNs -> Long.MAX_VALUE, false, 0);

        assertThat(taken.wall().getCountAtValue(100_000)).isEqualTo(1);
        assertThat(Objects.requireNonNull(taken.corrected()).getCountAtValue(60_000))
                .isEqualTo(1);
    }

    /** A third of what a histogram of the method's own takes that holds the same. */
    @Test
    void shouldTakeLittleRoomForFewCalls() {
        Histogram own = stats.plainTimes();
        for (long ns = 200; ns <= 200_000; ns *= 10) {
            own.recordValue(ns);
        }
        stats.addPlain(4, 222_200, 222_200);
        int ownBytes = own.getEstimatedFootprintInBytes();

        assertThat(stats.take(0, 0, 0, List.of()).raw().wall().getEstimatedFootprintInBytes())
                .isLessThan(ownBytes / 3);
    }

    private static Verdict stolen(long stolenNs, long boundNs) {
        return new Verdict(Verdict.Kind.CORRECTED, stolenNs, stolenNs, stolenNs - boundNs, stolenNs + boundNs);
    }
}
