package io.vperf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final double MS = 1e6;

    private static Compared only(Comparison c) {
        assertThat(c.methods()).hasSize(1);
        return c.methods().get(0);
    }

    @Test
    void shouldCallSlowerByItsOwnCpuWhatIs() {
        Comparison c = Made.compare(Made.run(1, 20, 0.02, 2 * MS, 0), Made.run(2, 20, 0.02, 2.4 * MS, 0));
        Verdict verdict = only(c).verdict;

        assertThat(verdict.state()).isEqualTo(Verdict.State.SLOWER);
        assertThat(verdict.by()).containsExactly("cpu");
        assertThat(ComparisonText.of(c)).contains("slower by its own CPU", "cpu mean");
    }

    @Test
    void shouldCallSlowerByStealWhatIs() {
        Verdict verdict = only(Made.compare(
                        Made.run(1, 20, 0.02, 2 * MS, 0.1 * MS), Made.run(2, 20, 0.02, 2 * MS, 0.9 * MS)))
                .verdict;
        assertThat(verdict.state()).isEqualTo(Verdict.State.SLOWER);
        assertThat(verdict.by()).containsExactly("steal");
        assertThat(verdict.text()).isEqualTo("slower by steal");
    }

    @Test
    void shouldCallFasterWhatIs() {
        assertThat(only(Made.compare(Made.run(1, 20, 0.02, 2.4 * MS, 0), Made.run(2, 20, 0.02, 2 * MS, 0)))
                        .verdict
                        .state())
                .isEqualTo(Verdict.State.FASTER);
    }

    /** 99 % sure: of 200 comparisons of a program with itself some 2 may be wrong; 8 would be by chance once in 1,000 times. */
    @Test
    void shouldSeldomCallNoiseAChange() {
        for (int intervals : new int[] {5, 12, 40}) {
            long wrong = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> Made.compare(
                            Made.run(2L * i, intervals, 0.1, MS, 0.1 * MS),
                            Made.run(2L * i + 1, intervals, 0.1, MS, 0.1 * MS)))
                    .filter(c ->
                            only(c).change(new Figure(Metric.WALL, Figure.MEAN)).isChanged())
                    .count();
            assertThat(wrong).as("with %d intervals", intervals).isLessThan(8);
        }
    }

    @Test
    void shouldSeldomMissAChangeThatStandsOut() {
        long seen = IntStream.range(0, 100)
                .parallel()
                .mapToObj(i ->
                        Made.compare(Made.run(2L * i, 20, 0.05, MS, 0), Made.run(2L * i + 1, 20, 0.05, 1.15 * MS, 0)))
                .filter(c -> only(c).change(new Figure(Metric.CPU, "p99")).state() == Change.State.MORE)
                .count();
        assertThat(seen).isGreaterThan(95);
    }

    /** Its noise is that between runs. */
    @Test
    void shouldDrawRunsWhereThereAreSeveral() {
        List<RunSamples> steady = List.of(
                Made.run(1, 20, 0.01, MS, 0).samples,
                Made.run(2, 20, 0.01, MS, 0).samples,
                Made.run(3, 20, 0.01, MS, 0).samples,
                Made.run(4, 20, 0.01, MS, 0).samples);
        List<RunSamples> scattered = List.of(
                Made.run(5, 20, 0.01, 0.8 * MS, 0).samples,
                Made.run(6, 20, 0.01, 1.3 * MS, 0).samples,
                Made.run(7, 20, 0.01, 0.9 * MS, 0).samples,
                Made.run(8, 20, 0.01, 1.6 * MS, 0).samples);
        Side a = new Side(steady, Made.METHOD);
        Side b = new Side(scattered, Made.METHOD);
        Figure mean = new Figure(Metric.WALL, Figure.MEAN);

        assertThat(a.units()).isEqualTo(4);
        assertThat(b.error(mean)).isGreaterThan(10 * Objects.requireNonNull(a.error(mean)));
        assertThat(new Compared(Made.METHOD, a, b).change(mean).state()).isEqualTo(Change.State.WITHIN_NOISE);
    }

    @Test
    void shouldSayThatNoiseIsUnknownOfFewIntervals() {
        Comparison c = Made.compare(Made.run(1, 4, 0.02, MS, 0), Made.run(2, 20, 0.02, 2 * MS, 0));
        assertThat(only(c).verdict.state()).isEqualTo(Verdict.State.UNKNOWN);
        assertThat(ComparisonText.of(c)).contains("in A it was called in 4 of its intervals only, 5 are needed");
    }

    /** "+7660521.2 %" of next to nothing says nothing. */
    @Test
    void shouldTellInTimeWhatBecameOfNextToNothing() {
        String text =
                ComparisonText.of(Made.compare(Made.run(1, 20, 0.1, MS, 0.4), Made.run(2, 20, 0.1, MS, 0.2 * MS)));
        assertThat(text)
                .containsPattern("\n  stolen mean +0 ns +\\d{3} us +\\+\\d{3} us  \\+\\d{3} us to \\+\\d{3} us\n")
                .containsPattern("\n    steal +0 ns +\\d+ us +\\+\\d+ us  \\+\\d+ us to \\+\\d+ us\n")
                .containsPattern("\n  wall mean .* \\+\\d\\d\\.\\d %  ");
        assertThat(ComparisonText.of(Made.compare(Made.run(1, 20, 0.1, MS, 5_000), Made.run(2, 20, 0.1, MS, 0.2 * MS))))
                .containsPattern("\n  stolen mean .* %  .* %\n")
                .containsPattern("\n    steal .* \\+\\d+ us  \\+\\d+ us to \\+\\d+ us\n");
    }

    @Test
    void shouldNotLetATimeFallByMoreThanItself() {
        String text = ComparisonText.of(Made.compare(Made.run(1, 6, 0.9, MS, 0), Made.run(2, 6, 0.9, MS, 0)));
        assertThat(text).contains("  -100.0 % to +");
        assertThat(text.replace("-100.0 %", "")).doesNotContainPattern("-[1-9]\\d\\d+\\.\\d %");
    }

    @Test
    void shouldKeepUnknownFiguresUnknown() {
        Comparison c = Made.compare(Made.wallOnly(10), Made.wallOnly(10), "corrected-p99>+10%");
        Limit.Result result = c.results().get(0);

        assertThat(result.state()).isEqualTo(Limit.State.UNKNOWN);
        assertThat(c.isAnyLimitBroken()).isFalse();
        assertThat(c.isAnyLimitUnchecked()).isTrue();
        assertThat(ComparisonText.of(c))
                .contains("corrected-p99>+10% CANNOT BE CHECKED: shop.Order.pay, steal is unknown in A and B");
        JsonObject figures = JsonParser.parseString(ComparisonJson.of(c, List.of()))
                .getAsJsonObject()
                .getAsJsonArray("methods")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("figures");
        assertThat(figures.getAsJsonObject("corrected-p99").keySet()).containsExactly("state");
        assertThat(figures.getAsJsonObject("wall-p99").keySet()).contains("aNs", "bNs", "changePercent");
    }

    /** Memory does not grow with the run, and no call is lost. */
    @Test
    void shouldKeepLongRunsInBlocks() {
        Made made = Made.run(1, 1_000, 0.02, MS, 0);
        List<Sample> blocks = made.samples.of(Made.METHOD);
        assertThat(blocks).hasSizeBetween(RunSamples.MOST_BLOCKS / 2, RunSamples.MOST_BLOCKS);
        assertThat(blocks.stream().mapToLong(b -> b.calls).sum()).isEqualTo(200_000);
        // All but the last one are as long.
        assertThat(blocks.subList(0, blocks.size() - 1))
                .extracting(b -> b.calls)
                .containsOnly(blocks.get(0).calls);
    }

    /** As the sample mean's: the one case in which the truth is known in closed form. */
    @Test
    void shouldFindTheStandardErrorOfAMean() {
        Side side = new Side(List.of(Made.run(3, 60, 0.1, MS, 0).samples), Made.METHOD);
        Double error = side.error(new Figure(Metric.CPU, Figure.MEAN));
        assertThat(error).isBetween(0.75 * 0.1 * MS / Math.sqrt(60), 1.25 * 0.1 * MS / Math.sqrt(60));
    }
}
