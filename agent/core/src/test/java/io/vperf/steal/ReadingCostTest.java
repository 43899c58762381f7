package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingCostTest {

    private static final long US = 1_000;

    private final ReadingCost cost = new ReadingCost();

    private void took(int times, long ns) {
        for (int i = 0; i < times; i++) {
            cost.took(ns);
        }
    }

    @Test
    void shouldFollowFromInterpretedReadingsToCompiledOnes() {
        took(1, 3_000 * US);
        assertThat(cost.usualNs()).isEqualTo(3_000 * US);
        took(35, 50 * US);
        assertThat(cost.usualNs()).isEqualTo(50 * US);
    }

    @Test
    void shouldNotBeMovedByReadingsThatWereInterrupted() {
        took(50, 50 * US);
        for (int i = 0; i < 1_000; i++) {
            took(3, 50 * US);
            took(1, 30_000 * US);
        }
        assertThat(cost.usualNs()).isBetween(50 * US, 57 * US);
    }

    @Test
    void shouldTakeForLateWhatTakesMuchLongerThanUsual() {
        took(50, 200 * US);
        assertThat(cost.isLate(1_600 * US)).isFalse();
        assertThat(cost.isLate(1_601 * US)).isTrue();
    }

    @Test
    void shouldNotTakeForLateWhatIsShortBesideATick() {
        assertThat(cost.isLate(500 * US)).isFalse();
        assertThat(cost.isLate(501 * US)).isTrue();
        took(50, 20 * US);
        assertThat(cost.isLate(500 * US)).isFalse();
        assertThat(cost.isLate(501 * US)).isTrue();
    }

    /** A machine on which each reading takes long does not have each repeated. */
    @Test
    void shouldGetUsedToAMachineThatIsSlow() {
        took(50, 50 * US);
        assertThat(cost.isLate(4_000 * US)).isTrue();
        took(50, 4_000 * US);
        assertThat(cost.isLate(4_000 * US)).isFalse();
    }
}
