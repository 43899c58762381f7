package io.vperf.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one method's calls in one interval went.
 *
 * @param split of its outermost calls together: adds up to their wall time
 * @param slow the slowest calls, and those over the threshold, the slowest first
 * @param slowLeftOut calls over the threshold besides
 * @param quiet of the calls that began in quiet slices; null where steal is unknown
 */
public record Explanation(
        WallSplit split,
        List<SlowCall> slow,
        long slowLeftOut,
        @Nullable QuietTimes quiet) {

    /** Where quiet slices are not known. */
    public Explanation(WallSplit split, List<SlowCall> slow, long slowLeftOut) {
        this(split, slow, slowLeftOut, null);
    }

    /** With times of quiet slices. */
    public Explanation with(@Nullable QuietTimes times) {
        return new Explanation(split, slow, slowLeftOut, times);
    }

    /** As {@link WallSplit#withoutSteal}. */
    public Explanation withoutSteal(boolean cpuExcludesSteal) {
        return new Explanation(
                split.withoutSteal(cpuExcludesSteal),
                slow.stream().map(call -> call.withoutSteal(cpuExcludesSteal)).toList(),
                slowLeftOut,
                null);
    }
}
