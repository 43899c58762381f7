package io.vperf.explain;

import java.util.List;

/**
 * For how long the JVM was paused, of what became known in an interval.
 *
 * @param source who says so, and how it is checked
 * @param count how many pauses
 * @param totalNs all of them, each from its begin to its end
 * @param gcCount those for garbage collection
 * @param gcNs those for garbage collection
 * @param unplacedCount those of which neither the moment nor the reason is known; in count and in no other number
 * @param unplacedNs those, in totalNs
 * @param longest some of the longest, the longest first
 */
public record Paused(
        String source,
        long count,
        long totalNs,
        long gcCount,
        long gcNs,
        long unplacedCount,
        long unplacedNs,
        List<One> longest) {

    /**
     * One pause.
     *
     * @param startMs when it began, milliseconds since the epoch
     * @param gc whether for garbage collection
     * @param operation what for, as the JVM names it
     */
    public record One(long startMs, long lengthNs, boolean gc, String operation) {}
}
