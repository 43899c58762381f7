package io.vperf.explain;

import org.HdrHistogram.AbstractHistogram;

/**
 * Wall times of the calls that began while nothing was stolen or throttled: uncorrected, and a fair sample of all, as the time was
 * chosen without a look at the calls.
 *
 * @param wall of these calls; empty if there were none
 */
public record QuietTimes(AbstractHistogram wall) {

    /** How many calls they are, or stand for. */
    public long calls() {
        return wall.getTotalCount();
    }
}
