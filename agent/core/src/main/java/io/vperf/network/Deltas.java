package io.vperf.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counters grew by between two readings. Pure.
 *
 * <p>A counter that is smaller than before has wrapped or was set back. It is taken to have wrapped only if it stood in the
 * last quarter of what 32 or 64 bits hold and now stands in the first one: counters of 32 bits are those of 32-bit kernels and of
 * some drivers. A reset sets all counters of an interface back at once, so after one of them none can be told.
 *
 * <p>What nobody can tell: a counter of 32 bits that wraps more than once between the readings, and a reset after which all
 * counters are larger than before.
 */
final class Deltas {

    /** Nothing passes so much in an interval of an hour: 300 TB/s. */
    private static final long MOST = 1L << 60;

    private static final int[] WIDTHS = {32, 64};

    private Deltas() {}

    /**
     * Of those counters that are in both readings.
     *
     * @return null where they were set back in between
     */
    static @Nullable Map<String, Long> between(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> grown = new LinkedHashMap<>();
        for (Map.Entry<String, Long> counter : now.entrySet()) {
            Long from = before.get(counter.getKey());
            if (from == null) {
                continue;
            }
            Long delta = delta(from, counter.getValue());
            if (delta == null) {
                return null;
            }
            grown.put(counter.getKey(), delta);
        }
        return grown;
    }

    private static @Nullable Long delta(long from, long to) {
        long delta = to - from;
        if (Long.compareUnsigned(to, from) < 0) {
            Long wrapped = wrapped(from, to);
            if (wrapped == null) {
                return null;
            }
            delta = wrapped;
        }
        return Long.compareUnsigned(delta, MOST) > 0 ? null : Long.valueOf(delta);
    }

    private static @Nullable Long wrapped(long from, long to) {
        for (int bits : WIDTHS) {
            int unused = Long.SIZE - bits;
            boolean fits = from << unused >>> unused == from;
            if (fits && from >>> (bits - 2) == 3 && to >>> (bits - 2) == 0) {
                return (to - from) << unused >>> unused;
            }
        }
        return null;
    }
}
