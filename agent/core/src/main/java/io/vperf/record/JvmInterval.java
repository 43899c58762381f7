package io.vperf.record;

import io.vperf.explain.Paused;
import io.vperf.explain.SliceCounts;
import io.vperf.explain.Throttled;
import org.jspecify.annotations.Nullable;

/**
 * What held the whole JVM back.
 *
 * @param throttled what CPU quotas have cost since the start of the run; null where nobody can tell, or asked
 * @param slices how many were quiet; null where steal is unknown, or nobody asked
 * @param paused for how long the JVM was paused; null where nobody can tell, or asked
 */
public record JvmInterval(
        @Nullable Throttled throttled,
        @Nullable SliceCounts slices,
        @Nullable Paused paused) {

    public static final JvmInterval NONE = new JvmInterval(null, null, null);
}
