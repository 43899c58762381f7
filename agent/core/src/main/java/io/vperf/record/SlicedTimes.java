package io.vperf.record;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Wall times of one method's calls by the slices they began in, as long as it is not decided whether those were quiet; see {@link
 * Slices}. Of all times in the interval only the noisy ones are kept: the quiet ones are the rest. Guarded by the method's lock.
 */
final class SlicedTimes {

    // Of plain calls, which are nowhere else until their slice is decided.
    private @Nullable Histogram plainNow;
    private @Nullable Histogram plainBefore;

    // Of others, which are in the method's histograms already.
    private @Nullable PackedHistogram othersNow;
    private @Nullable PackedHistogram othersBefore;

    private @Nullable PackedHistogram noisy;

    /** Where the times of plain calls go. */
    Histogram plain() {
        Histogram plain = plainNow == null ? Histograms.quick() : plainNow;
        plainNow = plain;
        return plain;
    }

    /** Whether anything is not decided yet. */
    boolean isAnyOpen() {
        return holds(plainNow) || holds(plainBefore) || othersNow != null || othersBefore != null;
    }

    private static boolean holds(@Nullable Histogram times) {
        return times != null && times.getTotalCount() > 0;
    }

    void addOther(long wallNs, long weight, Slices.Kind began) {
        switch (began) {
            case NOW -> othersNow = with(othersNow, wallNs, weight);
            case BEFORE -> othersBefore = with(othersBefore, wallNs, weight);
            case NOISY -> noisy = with(noisy, wallNs, weight);
            case QUIET -> {
                // As all that is not noisy.
            }
        }
    }

    private static PackedHistogram with(@Nullable PackedHistogram times, long ns, long weight) {
        PackedHistogram to = times == null ? Histograms.packed() : times;
        to.recordValueWithCount(ns, weight);
        return to;
    }

    /**
     * A slice has ended, and the one before it is decided.
     *
     * @param all where its plain calls go
     */
    void sliceEnds(boolean beforeWasNoisy, AbstractHistogram all) {
        settle(plainBefore, othersBefore, beforeWasNoisy, all);
        Histogram empty = plainBefore; // settled just now
        plainBefore = plainNow;
        plainNow = empty;
        othersBefore = othersNow;
        othersNow = null;
    }

    /**
     * The interval ends; slices that are not decided yet are left out.
     *
     * @param all where plain calls go
     * @return calls that are not known to have begun in quiet slices; null if all are
     */
    @Nullable
    PackedHistogram take(AbstractHistogram all) {
        settle(plainBefore, othersBefore, true, all);
        settle(plainNow, othersNow, true, all);
        othersBefore = null;
        othersNow = null;
        PackedHistogram taken = noisy;
        noisy = null;
        return taken;
    }

    private void settle(
            @Nullable Histogram plain, @Nullable PackedHistogram others, boolean wasNoisy, AbstractHistogram all) {
        if (wasNoisy && (holds(plain) || others != null)) {
            PackedHistogram to = noisy == null ? Histograms.packed() : noisy;
            if (plain != null) {
                to.add(plain);
            }
            if (others != null) {
                to.add(others);
            }
            noisy = to;
        }
        if (plain != null && holds(plain)) {
            all.add(plain);
            plain.reset();
        }
    }
}
