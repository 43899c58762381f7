package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.record.HostInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.timeref.OutsideTime;
import io.vperf.timeref.Packets;
import io.vperf.timeref.Stop;
import io.vperf.timeref.Stops;
import io.vperf.timeref.Stretch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutsideTextTest {

    private static final long SECOND = 1_000_000_000;
    private static final long ENDED_MS = 1_700_000_010_000L;

    private final RunSummary run = new RunSummary(null);
    private long endMs = ENDED_MS - 10_000;

    private void interval(@Nullable Stretch stretch, @Nullable String unknown, Stops stops) {
        Packets packets = stretch == null ? new Packets(3, 0, 0, 1) : new Packets(8, 7, 1, 0);
        endMs += 10_000;
        run.accept(new IntervalSnapshot(endMs - 10_000, endMs, List.of(), null, Map.of())
                .with(new HostInterval(
                        null, null, null, new OutsideTime("db-1:18787", stretch, unknown, packets, stops))));
    }

    private static Stretch running(long gainedNs) {
        return new Stretch(10 * SECOND, 10 * SECOND + gainedNs, 50_000, 80_000, gainedNs / 10_000.0, 5.0, 0, 2_050_000);
    }

    private static Stretch paused(long ns) {
        return new Stretch(10 * SECOND, 10 * SECOND + ns, 50_000, 80_000, null, null, ns, 2_050_000);
    }

    private static Stops stops(Stop... stops) {
        return new Stops(null, List.of(stops), 0);
    }

    private List<String> text() {
        return OutsideText.of(run.outside());
    }

    @Test
    void shouldSayNothingWhereNoClockWasAsked() {
        run.accept(new IntervalSnapshot(0, 1, List.of(), null, Map.of()));

        assertThat(text()).isEmpty();
        assertThat(TextReport.of(run, List.of())).doesNotContain("Outside clock");
    }

    @Test
    void shouldTellRateAndThatThereWasNoPause() {
        interval(running(30_000), null, stops());
        interval(running(50_000), null, stops());

        assertThat(text())
                .containsExactly(
                        "Outside clock db-1:18787, known for 2 of 2 intervals",
                        "  rate: it went +4.0 ppm ± 5.0 ppm faster than the guest's clock",
                        "  pauses that the guest's clock does not show: none over 2.05 ms",
                        "  packets: 16 sent, 14 answered, 2 late, 0 refused",
                        "");
        assertThat(TextReport.of(run, List.of())).contains("Outside clock db-1:18787");
    }

    @Test
    void shouldTellPausesStopsAndWhatIsUnknown() {
        interval(paused(2_500_000_000L), null, stops());
        interval(running(30_000), null, stops(new Stop(ENDED_MS + 1, 700_000_000, 750_000_000, 0L, null)));
        interval(null, "no answer came", new Stops("not watched: no native code", List.of(), 0));
        interval(null, "no answer came", stops());

        assertThat(text())
                .containsExactly(
                        "Outside clock db-1:18787, known for 2 of 4 intervals",
                        "  rate: it went +3.0 ppm ± 5.0 ppm faster than the guest's clock",
                        "  pauses that the guest's clock does not show: none in other intervals over 2.05 ms",
                        "  the guest's clock stood still for 2.50 s ± 2.05 ms in the 10.0 s up to"
                                + " 2023-11-14 22:13:30.000Z: paused, in no time of this report",
                        "  this process did not run for 700 ms to 750 ms from 2023-11-14 22:13:30.001Z, while the guest's"
                                + " clock went on (run delay 0 ns, steal unknown): it was stopped, or the guest paused",
                        "  unknown in 2 intervals: no answer came",
                        "  stops unknown in 1 interval: not watched: no native code",
                        "  packets: 22 sent, 14 answered, 2 late, 2 refused",
                        "");
    }

    /** Exchanges that were held up leave the rate all but unknown. */
    @Test
    void shouldGoByTheRatesThatAreKnownBest() {
        interval(running(30_000), null, stops());
        interval(new Stretch(SECOND, 980_000_000, 20_000_000, 1, -20_000.0, 20_000.0, 0, 21_200_000), null, stops());

        assertThat(text())
                .contains(
                        "  rate: it went +3.0 ppm ± 5.0 ppm faster than the guest's clock",
                        "  pauses that the guest's clock does not show: none over 21.2 ms");
    }

    @Test
    void shouldListTheLargestOnly() {
        for (int i = 1; i <= 5; i++) {
            Stop stop = new Stop(ENDED_MS, i * SECOND, i * SECOND + 50_000_000, 0L, 0L);
            interval(paused(i * SECOND), null, new Stops(null, List.of(stop), 1));
        }
        assertThat(text())
                .filteredOn(line -> line.contains("stood still"))
                .hasSize(3)
                .first()
                .asString()
                .contains("for 5.00 s");
        assertThat(text()).contains("  and 2 shorter ones", "  and 7 shorter ones");
    }

    /** Reasons may hold figures, and so be as many as intervals. */
    @Test
    void shouldNotListReasonsWithoutEnd() {
        for (int i = 0; i < 20; i++) {
            interval(null, "it fell behind by " + i, stops());
        }
        assertThat(text()).contains("  unknown in 12 intervals: other reasons").hasSize(1 + 9 + 1 + 1);
    }
}
