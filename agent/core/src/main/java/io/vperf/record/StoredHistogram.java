package io.vperf.record;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * A histogram of one interval as a file has it. It knows which of its cells hold anything, some dozens of thousands, so that those who add
 * up a day need not look at all. Values are not recorded in it any more.
 */
public final class StoredHistogram extends IntCountsHistogram {

    /** Of all that vperf writes. */
    public static final int DIGITS = 2;

    private static final long serialVersionUID = 1;

    /** The cell of which the value is the first to be known within 1 % only: cells are as long as those before up to twice that. */
    private static final int HALF_MAGNITUDE = 7;

    private final int[] indexes;
    private final int[] counts;

    private StoredHistogram(int[] indexes, long[] counts) {
        super(Math.max(2, value(indexes[indexes.length - 1])), DIGITS);
        this.indexes = indexes;
        this.counts = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            this.counts[i] = (int) counts[i];
        }
        // The largest first, then upwards: each other one would set the maximum, or the minimum, anew.
        int last = indexes.length - 1;
        recordValueWithCount(value(indexes[last]), counts[last]);
        for (int i = 0; i < last; i++) {
            recordValueWithCount(value(indexes[i]), counts[i]);
        }
    }

    /**
     * A histogram of these counts.
     *
     * @param indexes of cells as HdrHistogram numbers them for {@value #DIGITS} digits, ascending
     * @param counts of each, above 0
     */
    public static AbstractHistogram of(int[] indexes, long[] counts) {
        double total = 0;
        for (long count : counts) {
            total += count;
        }
        if (indexes.length > 0 && total <= Integer.MAX_VALUE) {
            return new StoredHistogram(indexes, counts);
        }
        Histogram large = new Histogram(DIGITS);
        for (int i = 0; i < indexes.length; i++) {
            large.recordValueWithCount(value(indexes[i]), counts[i]);
        }
        return large;
    }

    /** The smallest value of a cell. */
    public static long value(int index) {
        int bucket = (index >> HALF_MAGNITUDE) - 1;
        int half = 1 << HALF_MAGNITUDE;
        return bucket <= 0 ? index : (long) ((index & (half - 1)) | half) << bucket;
    }

    /** How many cells hold anything: one at least. */
    public int cells() {
        return indexes.length;
    }

    /** HdrHistogram's number of one of these, ascending. */
    public int index(int cell) {
        return indexes[cell];
    }

    /** What it holds, above 0. */
    public long count(int cell) {
        return counts[cell];
    }

    /** The same as HdrHistogram's, which walks through every cell. */
    @Override
    public long getValueAtPercentile(double percentile) {
        double below = Math.max(0, Math.min(100, Math.nextDown(percentile)));
        long wanted = Math.max(1, (long) Math.ceil(below * getTotalCount() / 100));
        long seen = 0;
        for (int i = 0; i < indexes.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                long value = value(indexes[i]);
                return percentile == 0 ? lowestEquivalentValue(value) : highestEquivalentValue(value);
            }
        }
        return 0;
    }
}
