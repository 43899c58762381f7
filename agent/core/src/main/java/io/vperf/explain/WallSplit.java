package io.vperf.explain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wall time in parts, of one call or added up over many.
 *
 * @param parts nanoseconds of every {@link Part}
 * @param pausedNs for how long the JVM was paused meanwhile, as for garbage collection: an overlay, part of no sum; null where
 *     unknown
 * @param blockedWhileStolenNs the most of the blocked time in which any vCPU of this guest was being stolen: a holder of a lock, or a
 *     thread of the collector, may have been on it. An overlay too; null where unknown
 */
public record WallSplit(
        Map<Part, Long> parts,
        @Nullable Long pausedNs,
        @Nullable Long blockedWhileStolenNs) {

    public WallSplit {
        Map<Part, Long> all = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            all.put(part, parts.getOrDefault(part, 0L));
        }
        parts = Collections.unmodifiableMap(all);
    }

    /** Nanoseconds; 0 or more. */
    public long ns(Part part) {
        return parts.getOrDefault(part, 0L);
    }

    /** The wall time, to the nanosecond. */
    public long wallNs() {
        return parts.values().stream().mapToLong(ns -> ns).sum();
    }

    /** Both together. An overlay that is unknown of one is unknown of both. */
    public WallSplit plus(WallSplit other) {
        Map<Part, Long> sums = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            sums.put(part, ns(part) + other.ns(part));
        }
        return new WallSplit(
                sums, sum(pausedNs, other.pausedNs), sum(blockedWhileStolenNs, other.blockedWhileStolenNs));
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }

    /**
     * As it is if what was said to be stolen is not to be trusted.
     *
     * @param cpuExcludesSteal whether CPU time surely holds no steal
     */
    public WallSplit withoutSteal(boolean cpuExcludesSteal) {
        Map<Part, Long> doubted = new EnumMap<>(parts);
        doubted.put(Part.STOLEN, 0L);
        if (cpuExcludesSteal) {
            doubted.put(Part.OFF_CPU, ns(Part.OFF_CPU) + ns(Part.STOLEN) + ns(Part.BLOCKED));
            doubted.put(Part.BLOCKED, 0L);
        } else {
            doubted.put(Part.RUNNING_OR_STOLEN, ns(Part.RUNNING_OR_STOLEN) + ns(Part.RUNNING) + ns(Part.STOLEN));
            doubted.put(Part.RUNNING, 0L);
        }
        return new WallSplit(doubted, pausedNs, null);
    }
}
