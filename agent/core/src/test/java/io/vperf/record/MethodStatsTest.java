package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.steal.Verdict;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MethodStatsTest {

    private static final long OUTERMOST = CallWords.word(0, 0, CallWords.OUTERMOST);
    private static final long RECURSIVE = CallWords.word(0, 0, 0);

    private final MethodStats stats = new MethodStats("m");

    private MethodInterval take(boolean stealKnown) {
        return take(stats, stealKnown);
    }

    private static MethodInterval take(MethodStats from, boolean stealKnown) {
        TakenMethod taken = from.take(0, 0, 0, List.of());
        return stealKnown ? taken.corrected(sinceNs -> Long.MAX_VALUE, false, 0) : taken.raw();
    }

    /** Invariant 6. */
    @Property
    void shouldHoldTheSameCallsRawAndCorrected(
            @ForAll @IntRange(max = 50) int shortCalls,
            @ForAll @IntRange(min = 1, max = 50) int corrected,
            @ForAll @IntRange(max = 50) int uncorrected) {
        MethodStats own = new MethodStats("m");
        for (int i = 0; i < shortCalls; i++) {
            own.addShort(OUTERMOST, 100 + i, 10, 100 + i);
        }
        for (int i = 0; i < corrected; i++) {
            own.addCorrected(OUTERMOST, 0, 1_000_000, 10, ThreadClock.UNKNOWN, 1_000_000, stolen(400_000, 5));
        }
        for (int i = 0; i < uncorrected; i++) {
            own.addUncorrected(OUTERMOST, 0, 2_000_000, 10, 2_000_000);
        }
        MethodInterval m = take(own, true);

        long all = (long) shortCalls + corrected + uncorrected;
        assertThat(m.calls()).isEqualTo(all);
        assertThat(m.wall().getTotalCount()).isEqualTo(all);
        assertThat(Objects.requireNonNull(m.corrected()).getTotalCount()).isEqualTo(all);
        assertThat(Objects.requireNonNull(m.stolen()).getTotalCount()).isEqualTo(all);
        assertThat(Objects.requireNonNull(m.corrected()).getCountAtValue(600_000))
                .isEqualTo(corrected);
        assertThat(Objects.requireNonNull(m.stolen()).getCountAtValue(0)).isEqualTo(shortCalls + uncorrected);
        assertThat(m.uncorrectedCalls()).isEqualTo(uncorrected);
    }

    /** Invariant 1. */
    @Test
    void shouldNotTouchTheRawTimeOfACorrectedCall() {
        stats.addCorrected(OUTERMOST, 0, 1_000_000, 500_000, ThreadClock.UNKNOWN, 1_000_000, stolen(300_000, 10_000));
        MethodInterval m = take(true);

        assertThat(m.wallNs()).isEqualTo(1_000_000);
        assertThat(m.wall().getCountAtValue(1_000_000)).isEqualTo(1);
        assertThat(m.stolenNs()).isEqualTo(300_000);
        assertThat(m.correctedNs()).isEqualTo(700_000);
        assertThat(m.boundNs()).isEqualTo(10_000);
    }

    /** Invariants 1 and 6, where a measured call stands for others. */
    @Test
    void shouldWeighLongCallsInBothHistogramsAndAllSums() {
        stats.addCorrected(
                OUTERMOST | CallWords.weightBits(3),
                0,
                1_000_000,
                500_000,
                ThreadClock.UNKNOWN,
                900_000,
                stolen(300_000, 10_000));
        stats.addUncorrected(OUTERMOST | CallWords.weightBits(2), 0, 2_000_000, 400_000, 2_000_000);
        stats.addCallees(OUTERMOST | CallWords.weightBits(3), 5);
        stats.addCallees(OUTERMOST | CallWords.weightBits(2), 1);
        stats.addCounted(11);
        MethodInterval m = take(true);

        assertThat(m.calls()).isEqualTo(13);
        assertThat(m.measuredCalls()).isEqualTo(2);
        assertThat(m.wallNs()).isEqualTo(16_000_000);
        assertThat(m.selfNs()).isEqualTo(15_200_000);
        assertThat(m.measuredCallees()).isEqualTo(44);
        assertThat(m.cpuNs()).isEqualTo(5_600_000);
        assertThat(m.stolenNs()).isEqualTo(2_400_000);
        assertThat(m.correctedNs()).isEqualTo(13_600_000);
        // All of an uncorrected call may have been stolen.
        assertThat(m.boundNs()).isEqualTo(8 * 10_000 + 4 * 2_000_000);
        assertThat(m.uncorrectedCalls()).isEqualTo(4);
        assertThat(m.wall().getTotalCount()).isEqualTo(12);
        assertThat(Objects.requireNonNull(m.corrected()).getTotalCount()).isEqualTo(12);
        assertThat(Objects.requireNonNull(m.corrected()).getCountAtValue(700_000))
                .isEqualTo(8);
        assertThat(Objects.requireNonNull(m.cpu()).getTotalCount()).isEqualTo(12);
        assertThat(Objects.requireNonNull(m.stolen()).getTotalCount()).isEqualTo(12);
    }

    /** Invariant 3. */
    @Test
    void shouldHaveNoFiguresOfStealWhereItIsUnknown() {
        stats.addShort(OUTERMOST, 100, 10, 100);
        stats.addUncorrected(OUTERMOST, 0, 1_000_000, 10, 1_000_000);
        MethodInterval m = take(false);

        assertThat(m.corrected()).isNull();
        assertThat(m.stolen()).isNull();
        assertThat(m.stolenNs()).isNull();
        assertThat(m.correctedNs()).isNull();
        assertThat(m.boundNs()).isNull();
        assertThat(m.wall().getTotalCount()).isEqualTo(2);
    }

    @Test
    void shouldCountTotalsOfOutermostCallsOnly() {
        stats.addShort(RECURSIVE, 100, 10, 100);
        stats.addCorrected(RECURSIVE, 0, 1_000_000, 500_000, ThreadClock.UNKNOWN, 900_000, stolen(300_000, 7));
        stats.addCorrected(OUTERMOST, 0, 3_000_000, 900_000, ThreadClock.UNKNOWN, 2_000_000, stolen(600_000, 9));
        MethodInterval m = take(true);

        assertThat(m.calls()).isEqualTo(3);
        assertThat(m.wallNs()).isEqualTo(3_000_000);
        assertThat(m.cpuNs()).isEqualTo(900_000);
        assertThat(m.stolenNs()).isEqualTo(600_000);
        assertThat(m.boundNs()).isEqualTo(9);
        assertThat(m.selfNs()).isEqualTo(2_900_100);
        assertThat(m.wall().getTotalCount()).isEqualTo(3);
    }

    @Test
    void shouldKeepUnknownCpuTimeApart() {
        long unknown = CallWords.word(0, 0, CallWords.OUTERMOST | CallWords.CPU_UNKNOWN);
        stats.addShort(unknown, 100, ThreadClock.UNKNOWN, 100);
        assertThat(take(true).cpuNs()).as("known for none").isNull();

        stats.addShort(unknown, 100, ThreadClock.UNKNOWN, 100);
        stats.addShort(OUTERMOST, 100, 30, 100);
        MethodInterval m = take(true);
        assertThat(m.cpuNs()).isEqualTo(30);
        assertThat(m.cpuUnknownCalls()).isEqualTo(1);
        assertThat(Objects.requireNonNull(m.cpu()).getTotalCount()).isEqualTo(1);
    }

    @Test
    void shouldBeginAnewAfterEachInterval() {
        stats.addShort(CallWords.word(0, 0, CallWords.OUTERMOST | CallWords.THROWN), 100, 10, 100);
        stats.addCorrected(OUTERMOST, 0, 1_000_000, 10, ThreadClock.UNKNOWN, 1_000_000, stolen(400_000, 5));
        stats.addUncorrected(OUTERMOST, 0, 1_000_000, 10, 1_000_000);
        stats.addCallees(OUTERMOST, 6);
        MethodInterval first = take(true);
        MethodInterval second = stats.take(2, 77, 0, List.of()).corrected(sinceNs -> Long.MAX_VALUE, false, 0);

        assertThat(first.exceptions()).isEqualTo(1);
        assertThat(first.measuredCallees()).isEqualTo(6);
        assertThat(stats.hasCalls()).isFalse();
        assertThat(second)
                .extracting(
                        MethodInterval::calls,
                        MethodInterval::measuredCalls,
                        MethodInterval::exceptions,
                        MethodInterval::wallNs,
                        MethodInterval::selfNs,
                        MethodInterval::measuredCallees,
                        MethodInterval::uncorrectedCalls)
                .containsOnly(0L);
        assertThat(second.stolenNs()).isZero();
        assertThat(second.cpuNs()).isNull();
        assertThat(second.wall().getTotalCount()).isZero();
        assertThat(Objects.requireNonNull(second.corrected()).getTotalCount()).isZero();
        assertThat(second.inFlight()).isEqualTo(2);
        assertThat(second.oldestInFlightNs()).isEqualTo(77);
        assertThat(first.wall().getTotalCount()).as("the first is its owner's").isEqualTo(3);
    }

    @Test
    void shouldTakeCallsOfAnyLength() {
        stats.addShort(OUTERMOST, 0, 0, 0);
        stats.addShort(OUTERMOST, Long.MAX_VALUE / 4, 0, 0);
        assertThat(take(true).wall().getTotalCount()).isEqualTo(2);
    }

    private static Verdict stolen(long stolenNs, long boundNs) {
        return new Verdict(Verdict.Kind.CORRECTED, stolenNs, stolenNs, stolenNs - boundNs, stolenNs + boundNs);
    }
}
