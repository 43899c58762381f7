package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.record.CounterInterval;
import io.vperf.record.ProbeCount;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CounterTotalsTest {

    private final CounterTotals totals = new CounterTotals();

    private static CounterInterval counted(String name, long calls, long estimated, long count) {
        Histogram counts = new Histogram(2);
        counts.recordValueWithCount(count, calls);
        return new CounterInterval(name, calls, estimated, count * calls, count * calls, 0, counts);
    }

    @Test
    void shouldAddUpIntervals() {
        totals.add(List.of(counted("page-faults", 3, 0, 7)));
        totals.add(List.of(counted("page-faults", 2, 0, 9)));

        assertThat(totals.lines(5, 0, List.of()))
                .containsExactly(
                        "  page-faults            7          9          9          9", "  counted: page-faults 39");
    }

    @Test
    void shouldDeriveRatiosFromCountersOfTheSameSide() {
        totals.add(List.of(
                counted("instructions", 10, 0, 4_000_000),
                counted("cycles", 10, 0, 2_000_000),
                counted("cycles:k", 10, 0, 1),
                counted("branch-misses:u", 10, 0, 8_000),
                counted("LLC-load-misses:ku", 10, 0, 5)));

        assertThat(totals.lines(10, 0, List.of()))
                .contains("  2.00 instructions per cycle, 2.00 branch-misses:u per 1,000 instructions")
                .contains("  instructions      4.01 M     4.01 M     4.01 M     4.01 M")
                .contains("  branch-misses:u    8,031      8,031      8,031      8,031");
    }

    /** The calls of which one of two counters is not known are in its sum, and in no ratio. */
    @Test
    void shouldDeriveRatiosFromTheSameCalls() {
        totals.add(List.of(
                new CounterInterval("instructions", 2, 0, 1_000, 400, 0, new Histogram(2)),
                new CounterInterval("cycles", 1, 0, 200, 200, 0, new Histogram(2))));

        assertThat(totals.lines(2, 0, List.of())).contains("  2.00 instructions per cycle");
    }

    @Test
    void shouldDeriveNothingFromNothing() {
        totals.add(List.of(counted("instructions", 1, 0, 0), counted("cycles", 1, 0, 0)));

        assertThat(totals.lines(1, 0, List.of())).noneMatch(line -> line.contains("per"));
    }

    @Test
    void shouldSayOfHowManyCallsAndHowManyAreEstimates() {
        totals.add(List.of(counted("cycles", 4, 1, 10), counted("instructions", 0, 0, 0)));

        assertThat(totals.lines(5, 0, List.of()))
                .contains(
                        "  counted: cycles 40 (of 4 of 5 calls) (estimates in 25.00 % of the calls: the counter took turns"
                                + " with others)")
                .contains("  instructions     unknown          -          -          -");
    }

    @Test
    void shouldShowTimesAsTimes() {
        totals.add(List.of(counted("task-clock:ku", 1, 0, 1_500_000), counted("cpu-clock", 1, 0, 64)));

        assertThat(totals.lines(1, 0, List.of()))
                .contains("  task-clock:ku    1.51 ms    1.51 ms    1.51 ms    1.51 ms")
                .contains("  counted: task-clock:ku 1.50 ms, cpu-clock 64 ns");
    }

    @Test
    void shouldShowWhatIsVperfsOwn() {
        totals.add(List.of(counted("instructions", 10, 0, 1_000), counted("page-faults", 10, 0, 1_000)));
        List<ProbeCount> own = List.of(
                new ProbeCount("instructions", 100, 500),
                new ProbeCount("page-faults", 0, 1),
                new ProbeCount("z", 1, 1));

        assertThat(totals.lines(10, 5, own))
                .contains("  vperf's own in these, about: instructions 3,000")
                .doesNotContain("z");
        assertThat(totals.lines(10, 1_000, own))
                .contains("  vperf's own in these, about: instructions most, page-faults 1,000");
    }

    @Test
    void shouldSayHowFarOffTheSumsOfDrawnCallsMayBe() {
        Histogram counts = new Histogram(2);
        counts.recordValueWithCount(5, 100);
        totals.add(List.of(new CounterInterval("page-faults", 100, 0, 500, 500, 30, counts)));
        totals.add(List.of(new CounterInterval("page-faults", 100, 0, 500, 500, 40, counts)));

        assertThat(totals.lines(200, 0, List.of())).contains("  counted: page-faults 1,000 ± 100");
    }

    @Test
    void shouldHaveNoLinesWithoutCounters() {
        assertThat(totals.lines(5, 0, List.of())).isEmpty();
    }
}
