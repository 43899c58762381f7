package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.RunHeader;
import io.vperf.export.Snapshots;
import io.vperf.record.Estimate;
import io.vperf.record.HostInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.vmware.VmwareInterval;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
        run.finish();

        assertThat(TextReport.of(run, List.of(Path.of("/dumps/a.hlog")))).isEqualTo(golden("report-known.txt"));
    }

    @Test
    void shouldSayUnknownWhereItIs() throws IOException {
        RunSummary run = new RunSummary(null);
        run.accept(Snapshots.second());
        run.finish();

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
                .contains("  7 calls, exceptions unknown, self unknown, total unknown, stolen unknown\n" + none)
                .containsPattern("\n  wall +unknown +- +- +-\n")
                .doesNotContain("0 ns");
        assertThat(reportOf(Snapshots.sampled(64, 10), Snapshots.sampled(64, 0)))
                .contains(
                        "  654 calls, no exception among those drawn, self 46.1 us ± 25.6 us, total 46.7 us ± 27.5 us, ")
                .contains(none);
        assertThat(reportOfSampled(64, 64)).doesNotContain("none was drawn");
    }

    /** A drawn call stands for many, so one that runs may be told as 64. */
    @Test
    void shouldSayThatItIsAnEstimateHowManyRun() {
        assertThat(reportOf(Snapshots.sampled(64, 10, 64)))
                .contains(", about 64 still running, the oldest for 1.00 us\n");
        assertThat(reportOf(Snapshots.sampled(1, 10, 1))).contains(", 1 still running, the oldest for 1.00 us\n");
    }

    @Test
    void shouldMarkWhatMayAsWellBeRaw() {
        assertThat(reportOf(Snapshots.corrected())).contains("\n  corrected ", "4.01 ms?", "\n? after a figure: ");
        assertThat(reportOf(Snapshots.inFlight())).doesNotContain("?");
    }

    /** Invariant 3: their times so far are unknown, not 0. */
    @Test
    void shouldShowNoFiguresWhereNoCallHasEnded() {
        assertThat(reportOf(Snapshots.inFlight()))
                .contains("\nshop.Main.serve()\n  no call has ended; 3 still running, the oldest for 9.00 s\n\n")
                .doesNotContain("0 calls", "0 ns", "wall", "stolen");
        RunSummary run = new RunSummary(null);
        run.accept(new IntervalSnapshot(0, 1, List.of(Snapshots.inFlight()), null, Map.of()));
        run.accept(new IntervalSnapshot(1, 2, List.of(), null, Map.of()));
        assertThat(TextReport.of(run, List.of())).contains("\nshop.Main.serve()\n  no call has ended\n\n");
    }

    @Test
    void shouldSayForHowLongNobodyMeasured() {
        RunSummary run = new RunSummary(null);
        run.accept(new IntervalSnapshot(0, 1_500, List.of(), null, Map.of()).with(true));
        run.accept(new IntervalSnapshot(1_500, 2_000, List.of(), null, Map.of()));
        assertThat(TextReport.of(run, List.of()))
                .contains("  incomplete   1.50 s of it not measured, as it was suspended (JMX)");
    }

    /** Calls only begun in an interval whose steal is known, and ended in one in which it is not. */
    @Test
    void shouldNotTakeCallsInFlightForCorrectedOnes() {
        MethodInterval m = Snapshots.inFlight();
        MethodInterval ended = Snapshots.stealUnknown(m.name());
        assertThat(reportOf(m, ended)).contains(", stolen unknown\n").containsPattern("\n  corrected +unknown +- ");
    }

    private static MethodInterval correctedUnder(String name) {
        MethodInterval m = Snapshots.corrected();
        return copy(name, m, m.estimate());
    }

    @Test
    void shouldSayWhichCallsHaveNoCorrectedTime() {
        RunSummary run = new RunSummary(null);
        run.accept(new IntervalSnapshot(0, 1, List.of(Snapshots.wallOnly()), List.of(), Map.of()));
        assertThat(TextReport.of(run, List.of()))
                .contains("\n  calls whose corrected time is unknown: 1 of 1 (100.00 %)\n");
        run.accept(new IntervalSnapshot(
                1, 2, List.of(correctedUnder(Snapshots.wallOnly().name())), List.of(), Map.of()));
        assertThat(TextReport.of(run, List.of()))
                .contains(
                        "\n  calls whose corrected time is unknown: 1 of 1,004 (0.10 %); corrected and stolen are of the others\n");
    }

    @Test
    void shouldSayWhyIntervalsWereNotCorrected() {
        RunSummary run = new RunSummary(null);
        for (int i = 0; i < 3; i++) {
            String tainted = i == 0 ? null : "the kernel was another";
            run.accept(new IntervalSnapshot(
                    i, i + 1, List.of(), List.of(), 0L, tainted, Map.of(), null, null, List.of(), null));
        }
        assertThat(TextReport.of(run, List.of()))
                .contains("\nWithout corrected times: 2 of 3 intervals, as the kernel was another\n");
    }

    /** VMware counts it for the machine as a whole, where the kernel may know of none. */
    @Test
    void shouldShowWhatVmwareSaysIsStolenWhereNobodyElseDoes() {
        RunSummary run = new RunSummary(null);
        for (long ms : new long[] {1_200, 34}) {
            VmwareInterval told = new VmwareInterval(Map.of(), Map.of("cpuStolenMs", ms), Map.of(), null, null);
            run.accept(new IntervalSnapshot(ms, ms + 1, List.of(), null, Map.of())
                    .with(new HostInterval(null, told, null, null)));
        }
        assertThat(TextReport.of(run, List.of()))
                .contains(
                        "\nSteal: unknown\n  from all vCPUs together, as VMware tells: 1.23 s; whom it hit cannot be told");
    }

    @Test
    void shouldSayWhyCpuTimeIsOrIsNotCorrected() {
        RunSummary run = new RunSummary(Snapshots.header());
        assertThat(TextReport.of(run, List.of())).contains("  cpu-corrected: CPU time less steal, as ");
    }

    @Test
    void shouldSayWhereNotEveryCallWasMeasured() {
        assertThat(reportOfSampled(64, 64))
                .contains(
                        "  6,414 calls, ",
                        "\n  measured: 100 of them, drawn at random; the number of calls is exact, the rest is"
                                + " estimated from those\n",
                        "\n  raw: self 640 us ± 36.2 us, total 640 us ± 45.3 us, with 192 us of the probe's own; some 30 ns of each time"
                                + " below are its own too\n");
        assertThat(reportOfSampled(1, 2048, 64))
                .contains("  measured: 100 of them, drawn at random, and 50 from times when all were measured; ");
        assertThat(reportOfSampled(1, 1)).doesNotContain("measured: ");
    }

    private static MethodInterval with(Estimate estimate, int oneIn) {
        MethodInterval m = Snapshots.sampled(oneIn, 64);
        return copy(m.name(), m, estimate);
    }

    private static MethodInterval copy(String name, MethodInterval m, @Nullable Estimate estimate) {
        return new MethodInterval(
                name,
                m.calls(),
                m.measuredCalls(),
                m.exceptions(),
                m.wallNs(),
                m.selfNs(),
                m.measuredCallees(),
                m.cpuNs(),
                m.cpuUnknownCalls(),
                m.uncorrectedCalls(),
                m.samplingFactor(),
                estimate,
                m.inFlight(),
                m.oldestInFlightNs(),
                m.wall(),
                m.cpu(),
                m.counters(),
                m.correction(),
                null);
    }

    /** 100 ns each, of which 90 are the probe's. */
    @Test
    void shouldGiveNoFigureThatIsWithinItsBound() {
        assertThat(reportOf(with(new Estimate(0, 64, 64 * 64 * 90, 0, 0, 1_000, 1_000, 1_000L, false), 64)))
                .contains(
                        ", self less than 412 us, total less than 412 us, ",
                        "\n  raw: self 410 us ± 2.00 us, total 410 us ± 2.00 us, ");
    }

    /** Of 100 ns each 10 are the probe's, and 50 more were waited in rehearsals. */
    @Test
    void shouldAddWaitsThatCameBetweenDrawnCalls() {
        int calls = 64 * 64;
        assertThat(reportOf(with(new Estimate(0, 64, calls * 10L, calls * 50L, calls * 40L, 0, 0, 0L, false), 64)))
                .contains(
                        ", self 532 us ± 205 us, total 573 us ± 246 us, ",
                        "\n  raw: self 410 us, total 410 us, ",
                        "\n  self and total hold 164 us and 205 us of waiting for a vCPU that came between drawn calls; ");
    }

    @Test
    void shouldMarkUpperLimits() {
        assertThat(reportOf(with(new Estimate(123_456, 0, 0, 0, 0, 0, 0, null, false), 1)))
                .contains(
                        ", self at most 6.40 us, total 6.40 us, ",
                        "\n  self holds 123,456 calls of measured methods that were only counted\n")
                .doesNotContain("drawn", "raw: ");
        assertThat(reportOf(with(new Estimate(0, 64, 64 * 64 * 10, 0, 0, 5_000, 5_000, 1_000L, true), 64)))
                .contains(", self at most 420 us, total at most 420 us, ", "\n  it calls itself: ");
    }

    @Test
    void shouldBoundTheProbesOfTooFewCallsToMeasureThem() {
        RunSummary run = new RunSummary(Snapshots.header());
        run.accept(Snapshots.second());

        assertThat(TextReport.of(run, List.of()))
                .contains("  probe        6.40 us a call at the start; too few calls to measure it after\n")
                .contains("  probes: at most 6.40 us a call, 15.24 % of total\n");
    }

    @Test
    void shouldSayWhereTheProbeIsNoCheaperThanAtTheStart() {
        RunSummary run = new RunSummary(Snapshots.header());
        run.accept(new IntervalSnapshot(0, 1, List.of(), null, null, null, Map.of(), 9_000L, null, List.of(), null));

        assertThat(TextReport.of(run, List.of()))
                .contains(
                        "  probe        9.00 us a call when last measured, 6.40 us at the start: it is not compiled, or the"
                                + " machine is busier now\n");
        assertThat(run.mostProbeNs()).isEqualTo(9_000);
    }

    @Test
    void shouldSayWhyThereIsNoCpuTime() {
        RunHeader known = Snapshots.header();
        RunHeader header = new RunHeader(
                known.version(),
                known.startedMs(),
                known.pid(),
                known.host(),
                known.jvm(),
                known.kernel(),
                known.vcpus(),
                known.hypervisor(),
                known.kernelKind(),
                known.steal(),
                Map.of("cpu", "unknown"),
                Map.of(),
                known.options(),
                List.of(new RunHeader.Capability(RunHeader.CPU_TIME, false, "off by native=off", "remove native=off")),
                known.shortNs(),
                known.intervalNs());

        assertThat(TextReport.of(new RunSummary(header), List.of()))
                .contains("  clocks       cpu: unknown (off by native=off; remedy: remove native=off)\n");
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
