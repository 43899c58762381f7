package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.steal.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** CPU times where the kernel's hold steal. */
class CorrectedCpuTest {

    private static final long WORD = CallWords.word(0, 0, CallWords.OUTERMOST);
    private static final FixedCounters MOVED = new FixedCounters(1_000_000_000, false);

    private final MethodStats stats = new MethodStats("m");

    private void corrected(long word, long cpuNs, long correctedCpuNs) {
        Verdict verdict = new Verdict(Verdict.Kind.CORRECTED, 300_000, 300_000, 300_000, 300_000);
        stats.addCorrected(word, 0, 1_000_000, cpuNs, correctedCpuNs, 1_000_000, verdict);
    }

    private Correction take(boolean cpuIncludesSteal) {
        return Objects.requireNonNull(stats.take(0, 0, 0, List.of())
                .corrected(MOVED, cpuIncludesSteal, 0)
                .correction());
    }

    @Test
    void shouldHoldTheSameCallsAsCpuTime() {
        stats.addShort(WORD, 10_000, 10_000, 10_000);
        stats.addShort(WORD, 20_000, 5_000, 20_000);
        corrected(WORD | CallWords.weightBits(2), 900_000, 600_000);
        stats.addUncorrected(WORD, 0, 2_000_000, 1_500_000, 2_000_000);
        corrected(
                CallWords.word(0, 0, CallWords.OUTERMOST | CallWords.CPU_UNKNOWN),
                ThreadClock.UNKNOWN,
                ThreadClock.UNKNOWN);
        Correction c = take(true);

        assertThat(c.cpuNs()).isEqualTo(10_000 + 5_000 + 4 * 600_000 + 1_500_000);
        assertThat(Objects.requireNonNull(c.cpu()).getTotalCount()).isEqualTo(7);
        assertThat(c.cpu().getCountAtValue(600_000)).isEqualTo(4);
        assertThat(c.cpu().getCountAtValue(900_000)).isZero();
        assertThat(c.cpu().getCountAtValue(1_500_000)).isEqualTo(1);
    }

    @Test
    void shouldBeCpuTimeItselfWhereNothingWasStolen() {
        stats.addShort(WORD, 10_000, 5_000, 10_000);
        MethodInterval m = stats.take(0, 0, 0, List.of()).corrected(MOVED, true, 0);
        assertThat(Objects.requireNonNull(m.correction()).cpu()).isSameAs(m.cpu());
        assertThat(m.correction().cpuNs()).isEqualTo(5_000);
    }

    @Test
    void shouldNotBeWhereTheKernelsCpuTimeHoldsNoSteal() {
        corrected(WORD, 600_000, ThreadClock.UNKNOWN);
        Correction c = take(false);
        assertThat(c.cpuNs()).isNull();
        assertThat(c.cpu()).isNull();
    }

    /** As when the kind of the kernel turns out to be another while an interval ends. */
    @Test
    void shouldNotBeWhereOnlySomeCallsWereCorrected() {
        corrected(WORD, 900_000, 600_000);
        corrected(WORD, 900_000, ThreadClock.UNKNOWN);
        Correction c = take(true);
        assertThat(c.cpuNs()).isNull();
        assertThat(c.cpu()).isNull();
    }
}
