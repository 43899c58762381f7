package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final TestHealth health = new TestHealth();
    private final Limits limits = new Limits(health.health());

    @Test
    void shouldLeaveAnEstimateThatFitsAlone() {
        assertThat(limits.stolen(70, 100, 0)).isEqualTo(70);
        assertThat(limits.stolen(100, 100, 0)).isEqualTo(100);
        assertThat(limits.stolen(0, 0, 0)).isZero();
        assertThat(health.health().totals()).isEmpty();
    }

    @Test
    void shouldCountAnEstimateBelowZero() {
        assertThat(limits.stolen(-1, 100, 0)).isZero();
        assertThat(health.total(Trouble.CLAMPED_NEGATIVE)).isEqualTo(1);
    }

    @Test
    void shouldCountAnEstimateAboveItsRoom() {
        assertThat(limits.stolen(101, 100, 0)).isEqualTo(100);
        assertThat(health.total(Trouble.CLAMPED_TO_WALL)).isEqualTo(1);
    }

    @Test
    void shouldNotCallTheCostOfReadingAnError() {
        assertThat(limits.stolen(110, 100, 10)).isEqualTo(100);
        assertThat(limits.gap(100, 110, 10)).isZero();
        assertThat(health.health().totals()).isEmpty();
    }

    @Test
    void shouldCountCpuTimeAboveWallTime() {
        assertThat(limits.gap(100, 111, 10)).isZero();
        assertThat(health.total(Trouble.CLAMPED_NEGATIVE)).isEqualTo(1);
    }

    @Test
    void shouldCountMoreStealThanCpuTime() {
        assertThat(limits.cpu(100, 30)).isEqualTo(70);
        assertThat(limits.cpu(100, 100)).isZero();
        assertThat(health.health().totals()).isEmpty();
        assertThat(limits.cpu(100, 101)).isZero();
        assertThat(health.total(Trouble.CLAMPED_TO_CPU)).isEqualTo(1);
    }

    /** Counted exactly when the answer differs from the question by more than reading the clocks explains. */
    @Property
    void shouldCountEveryClamp(
            @ForAll @LongRange(min = -1000, max = 1000) long estimateNs,
            @ForAll @LongRange(max = 1000) long roomNs,
            @ForAll @LongRange(max = 100) long costNs) {
        TestHealth own = new TestHealth();
        long stolenNs = new Limits(own.health()).stolen(estimateNs, roomNs, costNs);

        assertThat(stolenNs).isBetween(0L, roomNs);
        boolean changed = stolenNs > estimateNs || estimateNs - stolenNs > costNs;
        assertThat(own.total(Trouble.CLAMPED_NEGATIVE) + own.total(Trouble.CLAMPED_TO_WALL))
                .isEqualTo(changed ? 1 : 0);
    }

    @Property
    void shouldCountEveryGapBelowZero(
            @ForAll @LongRange(max = 1000) long wallNs,
            @ForAll @LongRange(max = 2000) long cpuNs,
            @ForAll @LongRange(max = 100) long costNs) {
        TestHealth own = new TestHealth();
        long gapNs = new Limits(own.health()).gap(wallNs, cpuNs, costNs);

        assertThat(gapNs).isNotNegative().isIn(wallNs - cpuNs, 0L);
        assertThat(own.total(Trouble.CLAMPED_NEGATIVE)).isEqualTo(cpuNs > wallNs + costNs ? 1 : 0);
    }
}
