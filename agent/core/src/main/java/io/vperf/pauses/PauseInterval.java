package io.vperf.pauses;

import java.util.List;

/**
 * The pauses that became known since this was last asked.
 *
 * @param fromNs from where on, on the wall clock's scale
 * @param toNs every pause that ended before this is in here, or in an earlier one
 * @param count all of them
 * @param totalNs all of them, each from its begin to its end
 * @param gcCount those for garbage collection
 * @param gcNs those for garbage collection
 * @param unplacedCount those of which the JVM's counters alone tell: when they were, and what for, is unknown. In count, and in no
 *     other figure
 * @param unplacedNs those, in totalNs
 * @param longest at most {@value PauseTally#LONGEST}, the longest first; of those whose place is known
 */
public record PauseInterval(
        long fromNs,
        long toNs,
        long count,
        long totalNs,
        long gcCount,
        long gcNs,
        long unplacedCount,
        long unplacedNs,
        List<Pause> longest) {

    public PauseInterval {
        longest = List.copyOf(longest);
    }
}
