package io.vperf.report.html;

import java.util.Arrays;

/** The highest value of each cell of the grid, as {@link Codes}. */
final class Series {

    private final Grid grid;
    private char[] codes = {};
    private long first;
    private int doublings;

    Series(Grid grid) {
        this.grid = grid;
    }

    /** Adds the value of an interval; none for one in which it is unknown. */
    void add(long startMs, long value) {
        fold();
        long cell = grid.cell(startMs);
        if (codes.length == 0) {
            first = cell;
        }
        if (cell < first) {
            char[] longer = new char[Math.toIntExact(codes.length + 2 * (first - cell))];
            int before = longer.length - codes.length;
            System.arraycopy(codes, 0, longer, before, codes.length);
            codes = longer;
            first -= before;
        }
        int at = Math.toIntExact(cell - first);
        if (at >= codes.length) {
            codes = Arrays.copyOf(codes, 2 * at + 16);
        }
        char code = Codes.of(value);
        if (code > codes[at]) {
            codes[at] = code;
        }
    }

    /** As the grid is now. */
    private void fold() {
        while (doublings < grid.doublings()) {
            long folded = first >> 1;
            char[] half = new char[codes.length / 2 + 1];
            for (int i = 0; i < codes.length; i++) {
                int at = Math.toIntExact(((first + i) >> 1) - folded);
                half[at] = codes[i] > half[at] ? codes[i] : half[at];
            }
            codes = half;
            first = folded;
            doublings++;
        }
    }

    /** The codes of these cells, up to the last one that is known. */
    char[] at(long[] cells) {
        fold();
        char[] all = new char[cells.length];
        int known = 0;
        for (int i = 0; i < cells.length; i++) {
            long at = cells[i] == TimeAxis.GAP ? -1 : cells[i] - first;
            all[i] = at < 0 || at >= codes.length ? Codes.UNKNOWN : codes[Math.toIntExact(at)];
            known = all[i] == Codes.UNKNOWN ? known : i + 1;
        }
        return Arrays.copyOf(all, known);
    }
}
