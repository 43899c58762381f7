package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.steal.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Between what bounds corrected times lie. */
class CorrectionBoundsTest {

    private static final long WORD = CallWords.word(0, 0, CallWords.OUTERMOST);
    private static final FixedCounters MOVED = new FixedCounters(1_000_000_000, false);
    private static final FixedCounters STILL = new FixedCounters(20_000_000, true);

    private final MethodStats stats = new MethodStats("m");

    private void corrected(long wallNs, long stolenNs, long leastNs, long mostNs) {
        stats.addCorrected(
                WORD,
                500,
                wallNs,
                wallNs / 2,
                ThreadClock.UNKNOWN,
                wallNs,
                new Verdict(Verdict.Kind.CORRECTED, stolenNs, stolenNs, leastNs, mostNs));
    }

    private MethodInterval take(FixedCounters counters) {
        return stats.take(0, 0, 0, List.of()).corrected(counters, false, 0);
    }

    private static Correction correction(MethodInterval m) {
        return Objects.requireNonNull(m.correction());
    }

    /** Whatever was truly stolen from each call, within its bounds. */
    @Property(tries = 300)
    void shouldHoldTheTruePercentiles(@ForAll @IntRange(min = 1, max = 200) int calls, @ForAll Random random) {
        MethodStats own = new MethodStats("m");
        Histogram truth = new Histogram(2);
        truth.setAutoResize(true);
        for (int i = 0; i < calls; i++) {
            long wallNs = 50_000 + (long) (Math.pow(random.nextDouble(), 5) * 50_000_000);
            long mostNs = random.nextInt(3) == 0 ? 0 : (long) (random.nextDouble() * wallNs);
            long stolenNs = (long) (random.nextDouble() * mostNs);
            long leastNs = (long) (random.nextDouble() * stolenNs);
            long trueNs = leastNs + (long) (random.nextDouble() * (mostNs - leastNs));
            int kind = i == 0 ? 0 : random.nextInt(8);
            if (kind == 1) {
                trueNs = (long) (random.nextDouble() * wallNs);
                own.addUncorrected(WORD, 0, wallNs, wallNs, wallNs);
            } else if (kind == 2) {
                trueNs = 0;
                own.addShort(WORD, wallNs, wallNs / 3, wallNs);
            } else {
                Verdict verdict = new Verdict(Verdict.Kind.CORRECTED, stolenNs, stolenNs, leastNs, mostNs);
                own.addCorrected(WORD, 0, wallNs, wallNs, ThreadClock.UNKNOWN, wallNs, verdict);
            }
            truth.recordValue(wallNs - trueNs);
        }

        Correction c = correction(own.take(0, 0, 0, List.of()).corrected(MOVED, false, 0));

        AbstractHistogram least = c.least();
        AbstractHistogram most = c.most();
        assertThat(least.getTotalCount()).isEqualTo(calls);
        assertThat(most.getTotalCount()).isEqualTo(calls);
        assertThat(c.corrected().getTotalCount()).isEqualTo(calls);
        for (double percentile = 0; percentile <= 100; percentile += 0.5) {
            long ns = truth.getValueAtPercentile(percentile);
            assertThat(least.getValueAtPercentile(percentile)).isLessThanOrEqualTo(ns + ns / 50);
            assertThat(most.getValueAtPercentile(percentile)).isGreaterThanOrEqualTo(ns - ns / 50);
        }
    }

    @Test
    void shouldHaveNoHistogramsOfBoundsWhereTheyTellNothingNew() {
        corrected(1_000_000, 300_000, 294_000, 306_000);
        Correction c = correction(take(MOVED));

        assertThat(c.corrected().getCountAtValue(700_000)).isEqualTo(1);
        assertThat(c.correctedLeast()).isNull();
        assertThat(c.correctedMost()).isNull();
    }

    @Test
    void shouldKeepTheCallsFromBeforeTheFirstThatDiffers() {
        stats.addShort(WORD, 10_000, 9_000, 10_000);
        stats.addShort(WORD, 20_000, 20_000, 20_000);
        corrected(1_000_000, 0, 0, 0);
        corrected(2_000_000, 500_000, 400_000, 700_000);
        corrected(3_000_000, 0, 0, 0);
        Correction c = correction(take(MOVED));

        AbstractHistogram least = Objects.requireNonNull(c.correctedLeast());
        AbstractHistogram most = Objects.requireNonNull(c.correctedMost());
        for (AbstractHistogram each : new AbstractHistogram[] {c.corrected(), least, most}) {
            assertThat(each.getTotalCount()).isEqualTo(5);
            for (long ns : new long[] {10_000, 20_000, 1_000_000, 3_000_000}) {
                assertThat(each.getCountAtValue(ns)).isEqualTo(1);
            }
        }
        assertThat(c.corrected().getCountAtValue(1_500_000)).isEqualTo(1);
        assertThat(least.getCountAtValue(1_300_000)).isEqualTo(1);
        assertThat(most.getCountAtValue(1_600_000)).isEqualTo(1);
        assertThat(c.leastStolenNs()).isEqualTo(400_000);
        assertThat(c.mostStolenNs()).isEqualTo(700_000);
        assertThat(c.boundNs()).isEqualTo(200_000);
    }

    /** Callees' bounds add up to more than there was time. */
    @Test
    void shouldBoundStealByTheCallItself() {
        corrected(1_000_000, 300_000, 0, 5_000_000);
        Correction c = correction(take(MOVED));

        assertThat(Objects.requireNonNull(c.correctedLeast()).getMaxValue()).isZero();
        assertThat(c.mostStolenNs()).isEqualTo(1_000_000);
    }

    @Test
    void shouldTakeRawForCorrectedWhereNoStealWasSeen() {
        corrected(1_000_000, 0, 0, 900_000);
        stats.addUncorrected(WORD, 0, 2_000_000, 2_000_000, 2_000_000);
        MethodInterval m = take(STILL);
        Correction c = correction(m);

        assertThat(c.corrected()).isSameAs(m.wall());
        assertThat(c.correctedLeast()).isNull();
        assertThat(c.correctedMost()).isNull();
        assertThat(m.uncorrectedCalls()).isZero();
        assertThat(c.stolenNs()).isZero();
        assertThat(c.mostStolenNs()).as("less than the counters can show").isEqualTo(2_900_000);
    }

    @Test
    void shouldKnowNothingWhereStealWasSeenAndNoLongCallWasCorrected() {
        stats.addShort(WORD, 10_000, 10_000, 10_000);
        stats.addUncorrected(WORD, 0, 2_000_000, 2_000_000, 2_000_000);
        MethodInterval m = take(MOVED);

        assertThat(m.correction()).isNull();
        assertThat(m.uncorrectedCalls()).isEqualTo(1);
        assertThat(m.wall().getTotalCount()).isEqualTo(2);
    }

    @Test
    void shouldHoldWhatMayBeStolenFromUncorrectedCalls() {
        corrected(1_000_000, 0, 0, 0);
        stats.addUncorrected(WORD, 0, 8_000_000, 8_000_000, 8_000_000);
        stats.addUncorrected(WORD, 0, 80_000_000, 8_000_000, 80_000_000);
        MethodInterval m = take(new FixedCounters(30_000_000, false));
        Correction c = correction(m);

        assertThat(m.uncorrectedCalls()).isEqualTo(2);
        assertThat(c.corrected()).isSameAs(m.wall());
        assertThat(c.correctedMost()).isNull();
        AbstractHistogram least = Objects.requireNonNull(c.correctedLeast());
        assertThat(least.getCountAtValue(0)).isEqualTo(1);
        assertThat(least.getCountAtValue(1_000_000)).isEqualTo(1);
        assertThat(least.getCountBetweenValues(49_000_000, 50_000_000)).isEqualTo(1);
        assertThat(c.mostStolenNs()).isEqualTo(30_000_000);
    }

    @Test
    void shouldAskFromWhereAnyLongCallCanHaveBegun() {
        stats.addUncorrectedLate(WORD, 7_000, 7_000, 7_000);
        assertThat(stats.take(0, 0, 0, List.of()).others().firstEntryNs(10_000)).isEqualTo(3_000);
        stats.addUncorrected(WORD, 2_000, 100, 100, 100);
        assertThat(stats.take(0, 0, 0, List.of()).others().firstEntryNs(10_000)).isEqualTo(2_000);
        stats.addShort(WORD, 7_000, 1, 7_000);
        assertThat(stats.take(0, 0, 0, List.of()).others().firstEntryNs(10_000)).isEqualTo(Long.MAX_VALUE);
    }
}
