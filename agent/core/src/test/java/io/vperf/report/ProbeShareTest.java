package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeShareTest {

    private final ProbeShare share = new ProbeShare();

    @Test
    void shouldLayTheCostOfAllCallsBesideTheTimeTheyMeasured() {
        share.add(1_000, 900_000, 90L);
        assertThat(share.text(6_400L)).contains("probes: 90 ns a call, 10.00 % of total");
    }

    @Test
    void shouldExceedTheTimeOfMethodsThatDoNothing() {
        share.add(1_000, 30_000, 90L);
        assertThat(share.text(null)).contains("probes: 90 ns a call, 300.00 % of total");
    }

    @Test
    void shouldTakeEachIntervalAtItsOwnCost() {
        share.add(1_000, 1_000_000, 100L);
        share.add(3_000, 1_000_000, 60L);
        assertThat(share.text(null)).contains("probes: 70 ns a call, 14.00 % of total");
    }

    @Test
    void shouldBoundWhatWasNotMeasuredByTheCostAtStart() {
        share.add(10, 1_000_000, null);
        share.add(90, 9_000_000, 100L);
        assertThat(share.text(1_000L)).contains("probes: at most 190 ns a call, 0.19 % of total");
    }

    @Test
    void shouldSayNothingWhereNothingIsKnown() {
        assertThat(share.text(1_000L)).isEmpty();
        share.add(10, 1_000_000, null);
        assertThat(share.text(null)).isEmpty();
    }
}
