package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TextReportTest {

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TextReportTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldPrintWhatIsKnown() throws IOException {
        RunSummary run = new RunSummary(Snapshots.header());
        run.accept(Snapshots.first());

        assertThat(TextReport.of(run, List.of(Path.of("/dumps/a.hlog")))).isEqualTo(golden("report-known.txt"));
    }

    @Test
    void shouldSayUnknownWhereItIs() throws IOException {
        RunSummary run = new RunSummary(null);
        run.accept(Snapshots.second());

        assertThat(TextReport.of(run, List.of())).isEqualTo(golden("report-unknown.txt"));
    }

    private static String reportOfSampled(int... factors) {
        MethodInterval[] intervals = new MethodInterval[factors.length];
        for (int i = 0; i < factors.length; i++) {
            intervals[i] = Snapshots.sampled(factors[i], 50);
        }
        return reportOf(intervals);
    }

    private static String reportOf(MethodInterval... intervals) {
        RunSummary run = new RunSummary(null);
        for (int i = 0; i < intervals.length; i++) {
            run.accept(new IntervalSnapshot(i, i + 1, List.of(intervals[i]), null, Map.of()));
        }
        return TextReport.of(run, List.of());
    }

    /** Invariant 3. */
    @Test
    void shouldNotShowTimesOfCallsNoneOfWhichWasMeasured() {
        String none = "  calls of intervals in which none was drawn: 7; their times are unknown, and in no sum\n";
        assertThat(reportOf(Snapshots.sampled(64, 0)))
                .contains(
                        "  7 calls, exceptions unknown, self unknown, total unknown, stolen unknown\n" + "  measured: ")
                .contains(none)
                .containsPattern("\n  wall +unknown +- +- +-\n")
                .doesNotContain("0 ns");
        assertThat(reportOf(Snapshots.sampled(64, 10), Snapshots.sampled(64, 0)))
                .contains("  654 calls, 0 exceptions, self 64.0 us, total 64.0 us, ")
                .contains(none);
        assertThat(reportOfSampled(64, 64)).doesNotContain("none was drawn");
    }

    @Test
    void shouldSayWhereNotEveryCallWasMeasured() {
        assertThat(reportOfSampled(64, 64))
                .contains(
                        "  6,414 calls, ",
                        "\n  measured: 1 in 64 calls, drawn at random; the number of calls is exact, the rest is"
                                + " estimated from those; calls of less than some microseconds come out too long\n");
        assertThat(reportOfSampled(1, 2048, 64)).contains("  measured: 1 in 1 to 2,048 calls, ");
        assertThat(reportOfSampled(1, 1)).doesNotContain("measured: ");
    }

    @Test
    void shouldBoundTheProbesOfTooFewCallsToMeasureThem() {
        RunSummary run = new RunSummary(Snapshots.header());
        run.accept(Snapshots.second());

        assertThat(TextReport.of(run, List.of()))
                .contains("  probe        up to 6.40 us before it was compiled; too few calls to measure it after\n")
                .contains("  probes: at most 6.40 us a call, 15.24 % of total\n");
    }

    @Test
    void shouldPrintARunWithoutAnyInterval() {
        String text = TextReport.of(new RunSummary(Snapshots.header()), List.of());
        assertThat(text).contains("0 intervals, 0 ns", "No complete interval was found.");
    }

    @Test
    void shouldTellCountsOfANewerVperfWithoutTheirMeaning() {
        RunSummary run = new RunSummary(null);
        run.accept(new IntervalSnapshot(0, 1, List.of(), null, Map.of("meteorites", 3L)));
        assertThat(TextReport.of(run, List.of())).contains("  meteorites: 3\n");
    }
}
