package io.vperf.report;

import io.vperf.record.StoredHistogram;
import java.util.Arrays;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;

/**
 * Histograms added up. In the agent the sum is packed, as there are some for each method, and a packed one takes its time for each count.
 * Those that were read from files, thousands for each method, are added up in plain cells.
 */
final class HistogramSum {

    private static final int NONE = -1;

    /** Without what is in {@link #cells}. */
    private AbstractHistogram sum = new PackedHistogram(StoredHistogram.DIGITS);

    /** Counts of consecutive cells, from {@link #first} on. */
    private long[] cells = {};

    private int first = NONE;

    void add(AbstractHistogram more) {
        if (more instanceof StoredHistogram stored) {
            unpack();
            add(stored);
        } else if (more.getTotalCount() > 0) {
            unpack();
            sum.add(more);
        }
    }

    /** What has been added. Not to be changed, nor to be kept while more is added. */
    AbstractHistogram histogram() {
        if (first != NONE) {
            AbstractHistogram ofCells = stored();
            if (sum.getTotalCount() == 0) {
                sum = ofCells;
            } else {
                sum.add(ofCells);
            }
            cells = new long[0];
            first = NONE;
        }
        return sum;
    }

    HistogramSum copy() {
        HistogramSum copy = new HistogramSum();
        copy.add(histogram());
        return copy;
    }

    /** More comes after somebody asked: a stored histogram does not change. */
    private void unpack() {
        if (sum instanceof StoredHistogram before) {
            sum = new PackedHistogram(StoredHistogram.DIGITS);
            add(before);
        }
    }

    private void add(StoredHistogram more) {
        reserve(more.index(0), more.index(more.cells() - 1));
        for (int i = 0; i < more.cells(); i++) {
            cells[more.index(i) - first] += more.count(i);
        }
    }

    private void reserve(int from, int to) {
        int newFirst = first == NONE ? from : Math.min(first, from);
        int length = Math.max(first + cells.length, to + 1) - newFirst;
        if (length > cells.length) {
            long[] longer = new long[length];
            System.arraycopy(cells, 0, longer, cells.length == 0 ? 0 : first - newFirst, cells.length);
            cells = longer;
        }
        first = newFirst;
    }

    private AbstractHistogram stored() {
        int[] indexes = new int[cells.length];
        long[] counts = new long[cells.length];
        int filled = 0;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] > 0) {
                indexes[filled] = first + i;
                counts[filled++] = cells[i];
            }
        }
        return StoredHistogram.of(Arrays.copyOf(indexes, filled), Arrays.copyOf(counts, filled));
    }
}
