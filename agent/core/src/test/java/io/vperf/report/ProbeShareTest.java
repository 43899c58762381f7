package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.record.MethodInterval;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbeShareTest {

    private final ProbeShare share = new ProbeShare();

    private void add(long calls, @Nullable Long measured, @Nullable Long wallNs, @Nullable Long probeNs) {
        add(calls, measured, wallNs, wallNs == null ? null : 0L, probeNs, null);
    }

    /** Half of the time is self time. */
    private void add(
            long calls,
            @Nullable Long measured,
            @Nullable Long wallNs,
            @Nullable Long callees,
            @Nullable Long probeNs,
            @Nullable Long insideNs) {
        MethodInterval interval = new MethodInterval(
                "m",
                calls,
                measured,
                0L,
                wallNs,
                wallNs == null ? null : Long.valueOf(wallNs / 2),
                callees,
                null,
                0,
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
        share.add(interval, probeNs, insideNs);
    }

    private void add(long calls, long wallNs, @Nullable Long probeNs) {
        add(calls, calls, wallNs, probeNs);
    }

    @Test
    void shouldLayTheCostOfAllCallsBesideTheTimeTheyMeasured() {
        add(1_000, 900_000, 90L);
        assertThat(share.text(6_400L)).contains("probes: 90 ns a call, 10.00 % of total");
    }

    @Test
    void shouldExceedTheTimeOfMethodsThatDoNothing() {
        add(1_000, 30_000, 90L);
        assertThat(share.text(null))
                .contains(
                        "probes: 90 ns a call, more than the total: it is too short to tell its own time from theirs");
    }

    @Test
    void shouldNotCallAMethodTooShortForABoundOfItsProbes() {
        add(10, 10_000, null);
        assertThat(share.text(6_400L)).contains("probes: at most 6.40 us a call, which may be more than the total");
    }

    @Test
    void shouldNotTakeProbesOfCalleesForMoreThanWhatTheyArePartOf() {
        add(10, 10L, 40_000L, 400L, 130L, 40L);
        assertThat(share.calleesText(null))
                .contains(
                        "measured callees: 400 calls; their probes outside of them: 90 ns a call, most of self, 90.00 % of"
                                + " total");
    }

    @Test
    void shouldTakeEachIntervalAtItsOwnCost() {
        add(1_000, 1_000_000, 100L);
        add(3_000, 1_000_000, 60L);
        assertThat(share.text(null)).contains("probes: 70 ns a call, 14.00 % of total");
    }

    @Test
    void shouldBoundWhatWasNotMeasuredByTheCostAtStart() {
        add(10, 1_000_000, null);
        add(90, 9_000_000, 100L);
        assertThat(share.text(1_000L)).contains("probes: at most 190 ns a call, 0.19 % of total");
    }

    @Test
    void shouldSayNothingWhereNothingIsKnown() {
        assertThat(share.text(1_000L)).isEmpty();
        add(10, 1_000_000, null);
        assertThat(share.text(null)).isEmpty();
    }

    /** Calls that were only counted had no probe to speak of; the time is that of all, as estimated. */
    @Test
    void shouldCountTheProbesOfMeasuredCallsOnly() {
        add(64_000, 1_000L, 9_000_000L, 90L);
        assertThat(share.text(null)).contains("probes: 90 ns for each of 1,000 measured calls, 1.00 % of raw total");
        add(64_000, 0L, null, 90L);
        assertThat(share.text(null)).contains("probes: 90 ns for each of 1,000 measured calls, 1.00 % of raw total");
    }

    @Test
    void shouldSayNothingWhereNobodyKnowsHowManyCallsWereMeasured() {
        add(1_000, 900_000, 90L);
        add(64_000, null, 9_000_000L, 90L);
        assertThat(share.text(6_400L)).isEmpty();
    }

    @Test
    void shouldLayTheProbesOfCalleesBesideTheTimeTheyLieIn() {
        add(10, 10L, 1_000_000L, 500L, 130L, 30L);
        assertThat(share.calleesText(null))
                .contains("measured callees: 500 calls; their probes outside of them: 100 ns a call, 10.00 % of self,"
                        + " 5.00 % of total");
        add(10, 10L, 1_000_000L, 1_500L, 80L, 20L);
        assertThat(share.calleesText(null))
                .contains("measured callees: 2,000 calls; their probes outside of them: 70 ns a call, 14.00 % of self,"
                        + " 7.00 % of total");
    }

    @Test
    void shouldBoundThePartOutsideOfCalleesByTheWholeWhereItIsUnknown() {
        add(10, 10L, 1_000_000L, 500L, 100L, null);
        assertThat(share.calleesText(null))
                .contains("measured callees: 500 calls; their probes outside of them: at most 100 ns a call, 10.00 % of"
                        + " self, 5.00 % of total");
    }

    @Test
    void shouldBoundTheProbesOfCalleesByTheCostAtStart() {
        add(1, 1L, 1_000_000L, 1L, null, null);
        assertThat(share.calleesText(5_000L))
                .contains(
                        "measured callees: 1 call; their probes outside of them: at most 5.00 us a call, 1.00 % of self,"
                                + " 0.50 % of total");
        assertThat(share.calleesText(null)).contains("measured callees: 1 call");
    }

    @Test
    void shouldSayNothingOfAMethodThatMadeNoMeasuredCall() {
        add(1_000, 900_000, 90L);
        assertThat(share.calleesText(null)).isEmpty();
    }

    /** Invariant 3. */
    @Test
    void shouldSayThatCalleesAreUnknown() {
        add(10, 10L, 1_000_000L, 500L, 100L, 30L);
        add(64, 0L, null, null, 100L, 30L);
        assertThat(share.calleesText(null))
                .as("none measured, none made")
                .hasValueSatisfying(text -> assertThat(text).contains("500 calls"));
        add(10, 10L, 1_000_000L, null, 100L, 30L);
        assertThat(share.calleesText(null)).contains("measured callees: unknown");
    }
}
