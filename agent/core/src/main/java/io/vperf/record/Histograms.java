package io.vperf.record;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;
import org.HdrHistogram.PackedHistogram;
import org.HdrHistogram.ShortCountsHistogram;
import org.jspecify.annotations.Nullable;

/** Which kind of histogram is made for what. */
final class Histograms {

    /** Two significant digits: a value is recorded within 1 %. */
    private static final int DIGITS = 2;

    /**
     * 73 minutes; packed histograms are no larger for it. For a value without room they throw, and catch, an exception with a
     * text made by String.format, whose classes, not initialised yet, need more stack than {@link StackRoom} asks for: they
     * would be broken for the application.
     */
    private static final long ROOM_NS = 1L << 42;

    private Histograms() {}

    /** 4 ns a value; up to 15 kB. */
    static Histogram quick() {
        Histogram made = new Histogram(DIGITS);
        made.setAutoResize(true);
        return made;
    }

    /** 27 ns a value; 2 kB. */
    static PackedHistogram packed() {
        PackedHistogram made = new PackedHistogram(ROOM_NS, DIGITS);
        made.setAutoResize(true);
        return made;
    }

    /**
     * As large as its values and counts need: all of an interval's sums are held until the last exporter has had them, and
     * with a thousand methods they are most of what vperf holds.
     *
     * @param count the most that it will hold
     */
    static AbstractHistogram sum(long count, @Nullable AbstractHistogram... parts) {
        long largest = 2; // the least HdrHistogram allows
        for (AbstractHistogram part : parts) {
            if (part != null) {
                largest = Math.max(largest, part.getMaxValue());
            }
        }
        AbstractHistogram sum;
        if (count <= Short.MAX_VALUE) {
            sum = new ShortCountsHistogram(largest, DIGITS);
        } else if (count <= Integer.MAX_VALUE) {
            sum = new IntCountsHistogram(largest, DIGITS);
        } else {
            sum = new Histogram(largest, DIGITS);
        }
        for (AbstractHistogram part : parts) {
            if (part != null) {
                sum.add(part);
            }
        }
        return sum;
    }

    /** What {@code all} holds besides a part of it. */
    static AbstractHistogram without(AbstractHistogram all, AbstractHistogram part) {
        AbstractHistogram rest = all.copy();
        rest.subtract(part);
        return rest;
    }

    /** What {@code all} holds, with one part of it exchanged for another. */
    static AbstractHistogram exchange(AbstractHistogram all, AbstractHistogram out, AbstractHistogram in) {
        AbstractHistogram rest = without(all, out);
        return sum(rest.getTotalCount() + in.getTotalCount(), rest, in);
    }
}
