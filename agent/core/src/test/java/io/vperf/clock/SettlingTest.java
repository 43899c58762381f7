package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final int QUIET_ROUNDS = 100;
    private static final long ROUND_NS = 10_000;
    private static final long QUIET_NS = QUIET_ROUNDS * ROUND_NS;

    private final Settling two = new Settling(2, QUIET_NS, QUIET_ROUNDS);
    private long nowNs;

    private void rounds(int count, double one, double other) {
        for (int i = 0; i < count; i++) {
            nowNs += ROUND_NS;
            two.add(new double[] {one, other}, nowNs);
        }
    }

    @Test
    void shouldSettleOnceAllHaveFallenAndStayed() {
        rounds(50, 45, 300);
        rounds(30, 24, 300);
        rounds(QUIET_ROUNDS, 24, 60);
        assertThat(two.isSettled(nowNs))
                .as("the last fall was one round too few ago")
                .isFalse();

        rounds(1, 24, 60);
        assertThat(two.isSettled(nowNs)).isTrue();
        assertThat(two.costNs(0)).isEqualTo(24);
        assertThat(two.costNs(1)).isEqualTo(60);
        assertThat(two.ratio(1, 0)).isEqualTo(2.5);
    }

    /** As on a machine whose compiler threads wait behind others: 41 ns against 45 look like a counter that is cheaper. */
    @Test
    void shouldNotTakeWhatIsStillInterpretedForSettled() {
        rounds(10_000, 45, 41);
        assertThat(two.isSettled(nowNs)).isFalse();
    }

    @Test
    void shouldNotCompareOneThatIsCompiledWithOneThatIsNot() {
        rounds(50, 45, 41);
        rounds(10_000, 45, 25);
        assertThat(two.isSettled(nowNs)).isFalse();
    }

    @Test
    void shouldNotSettleWhileAllIsSlowedDown() {
        rounds(50, 45, 41);
        rounds(500, 24, 26);
        rounds(Settling.WINDOW, 48, 52);
        assertThat(two.isSettled(nowNs)).isFalse();

        rounds(Settling.WINDOW, 24, 26);
        assertThat(two.isSettled(nowNs)).isTrue();
    }

    @Test
    void shouldPassOverRoundsThatWereSlowAlone() {
        rounds(50, 45, 41);
        for (int i = 0; i < 500; i++) {
            rounds(1, i % 3 == 0 ? 400 : 24, 26);
        }
        assertThat(two.isSettled(nowNs)).isTrue();
        assertThat(two.costNs(0)).isEqualTo(24);
        assertThat(two.ratio(1, 0)).isEqualTo(26.0 / 24);
    }

    @Test
    void shouldSeeTheFallOfADearReadingThoughItIsASmallPartOfIt() {
        rounds(50, 220, 300);
        rounds(500, 205, 200);
        assertThat(two.isSettled(nowNs)).isTrue();
    }

    @Test
    void shouldWaitForTimeTooNotForRoundsAlone() {
        Settling slow = new Settling(1, 1_000_000, 1);
        for (int i = 0; i < 500; i++) {
            slow.add(new double[] {i < Settling.INTERPRETED_ROUNDS ? 100 : 50}, 0);
        }
        assertThat(slow.isSettled(999_999)).isFalse();
        assertThat(slow.isSettled(1_000_000)).isTrue();
    }
}
