package io.vperf.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final long INTERVAL_MS = 10_000;

    private final Grid grid = new Grid();
    private final Series series = new Series(grid);
    private final List<long[]> times = new ArrayList<>();

    private void add(long startMs, long value) {
        add(startMs, INTERVAL_MS, value);
    }

    private void add(long startMs, long lengthMs, long value) {
        grid.base(INTERVAL_MS);
        grid.add(startMs, startMs + lengthMs);
        times.add(new long[] {startMs, startMs + lengthMs});
        series.add(startMs, value);
    }

    @Test
    void shouldHaveAPointPerIntervalWhereThereAreFew() {
        for (int i = 0; i < 100; i++) {
            add(i * (INTERVAL_MS + 3), INTERVAL_MS + 3, i);
        }
        grid.fit(1);
        TimeAxis axis = TimeAxis.of(grid, List.of(times));
        assertThat(axis.mostIntervals()).isEqualTo(1);
        assertThat(series.at(axis.cells())).hasSize(100);
    }

    /** Such as those that somebody ended by hand. */
    @Test
    void shouldThrowShortIntervalsTogetherAndNoOthers() {
        for (int i = 0; i < 10; i++) {
            add(i * INTERVAL_MS, i + 1);
        }
        add(10 * INTERVAL_MS, 100, 50);
        add(10 * INTERVAL_MS + 100, 200, 70);
        add(10 * INTERVAL_MS + 300, 60);
        grid.fit(1);
        TimeAxis axis = TimeAxis.of(grid, List.of(times));
        assertThat(axis.mostIntervals()).isEqualTo(3);
        assertThat(axis.cellMs()).isEqualTo(INTERVAL_MS / 2);
        assertThat(series.at(axis.cells())).hasSize(11).endsWith(Codes.of(10), Codes.of(70));
    }

    /** Whatever is thrown together: no peak is lost. */
    @Test
    void shouldKeepTheHighestOfTheIntervalsOfACell() {
        for (int i = 0; i < 8_640; i++) {
            add(i * INTERVAL_MS, i == 5_000 ? 1_000_000 : 1_000);
            grid.fit(1_000);
        }
        TimeAxis axis = TimeAxis.of(grid, List.of(times));
        char[] codes = series.at(axis.cells());
        assertThat(axis.mostIntervals()).isEqualTo(16);
        assertThat(codes).hasSize(axis.cells().length).hasSize(540);
        int at = 5_000 / 16;
        assertThat(codes[at]).isEqualTo(Codes.of(1_000_000));
        codes[at] = Codes.of(1_000);
        assertThat(codes).containsOnly(Codes.of(1_000));
        assertThat(axis.startsMs()[at]).isEqualTo(5_000 / 16 * 16 * INTERVAL_MS);
    }

    @Test
    void shouldTakeIntervalsInAnyOrder() {
        for (int i = 999; i >= 0; i--) {
            add(i * INTERVAL_MS, i + 1);
            grid.fit(5_000);
        }
        char[] codes = series.at(TimeAxis.of(grid, List.of(times)).cells());
        for (int i = 0; i < codes.length; i++) {
            assertThat(codes[i]).isEqualTo(Codes.of(Math.min(1_000, (i + 1) * 1_000L / codes.length)));
        }
    }

    @Test
    void shouldBeUnknownWhereNothingWasRecorded() {
        add(0, 5);
        add(INTERVAL_MS, 6);
        add(100 * INTERVAL_MS, 7);
        grid.fit(1);
        TimeAxis axis = TimeAxis.of(grid, List.of(times));
        assertThat(axis.startsMs()).containsExactly(0, INTERVAL_MS, 2 * INTERVAL_MS, 100 * INTERVAL_MS);
        assertThat(series.at(axis.cells())).containsExactly(Codes.of(5), Codes.of(6), Codes.UNKNOWN, Codes.of(7));
    }
}
