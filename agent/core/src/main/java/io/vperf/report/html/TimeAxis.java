package io.vperf.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the values of all series stand on the page's time axis. */
final class TimeAxis {

    /** Where nothing was recorded: plots have no line there. */
    static final long GAP = Long.MIN_VALUE;

    private final long[] cells;
    private final long[] startsMs;
    private final long endMs;
    private final int mostIntervals;
    private final long cellMs;

    private TimeAxis(List<Long> cells, List<Long> startsMs, long endMs, int mostIntervals, long cellMs) {
        this.cells = array(cells);
        this.startsMs = array(startsMs);
        this.endMs = endMs;
        this.mostIntervals = mostIntervals;
        this.cellMs = cellMs;
    }

    /**
     * Of the intervals of some runs.
     *
     * @param runs for each its intervals, each a start and an end
     */
    static TimeAxis of(Grid grid, List<List<long[]>> runs) {
        List<long[]> all = new ArrayList<>();
        int mostIntervals = 0;
        for (List<long[]> run : runs) {
            mostIntervals = Math.max(mostIntervals, mostInOneCell(grid, run));
            all.addAll(run);
        }
        all.sort(Comparator.comparingLong((long[] interval) -> interval[0]));
        List<Long> cells = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        long last = GAP;
        long endMs = Long.MIN_VALUE;
        for (long[] interval : all) {
            long cell = grid.cell(interval[0]);
            if (cell != last) {
                if (last != GAP && interval[0] > endMs) {
                    cells.add(GAP);
                    starts.add(endMs);
                }
                cells.add(cell);
                starts.add(interval[0]);
                last = cell;
            }
            endMs = Math.max(endMs, interval[1]);
        }
        return new TimeAxis(cells, starts, endMs, mostIntervals, grid.cellMs());
    }

    /** Of the grid, those in which an interval starts; {@link #GAP} where there is none for a while. Not to be changed. */
    long[] cells() {
        return cells;
    }

    /** When the first interval of each cell starts, milliseconds since the epoch. Not to be changed. */
    long[] startsMs() {
        return startsMs;
    }

    /** Of the last interval, milliseconds since the epoch. */
    long endMs() {
        return endMs;
    }

    /** How many intervals of a run start in one cell, at most. */
    int mostIntervals() {
        return mostIntervals;
    }

    /** Intervals that start within the same such length of time share a point. */
    long cellMs() {
        return cellMs;
    }

    private static int mostInOneCell(Grid grid, List<long[]> run) {
        long cell = GAP;
        int inIt = 0;
        int most = 0;
        for (long[] interval : run) {
            inIt = grid.cell(interval[0]) == cell ? inIt + 1 : 1;
            cell = grid.cell(interval[0]);
            most = Math.max(most, inIt);
        }
        return most;
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(value -> value).toArray();
    }
}
