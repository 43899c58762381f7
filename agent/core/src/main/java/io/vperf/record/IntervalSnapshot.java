package io.vperf.record;

import io.vperf.steal.VcpuSteal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one interval: the one thing exporters get.
 *
 * @param startMs when it began, milliseconds since the epoch
 * @param endMs when it ended
 * @param methods those with calls in the interval or in flight at its end, in the order they were first seen
 * @param vcpus steal per vCPU, since the start of the run; null where steal is unknown
 * @param health counts of trouble since the start of the run, by key
 * @param probeNs what measuring a call costs by the interval's end, nanoseconds; null where that is not known
 * @param probeInsideNs the part of it that is in the call's own wall time; the rest is in its caller's
 */
public record IntervalSnapshot(
        long startMs,
        long endMs,
        List<MethodInterval> methods,
        @Nullable List<VcpuSteal> vcpus,
        Map<String, Long> health,
        @Nullable Long probeNs,
        @Nullable Long probeInsideNs) {

    /** Where the probe's cost is not known. */
    public IntervalSnapshot(
            long startMs,
            long endMs,
            List<MethodInterval> methods,
            @Nullable List<VcpuSteal> vcpus,
            Map<String, Long> health) {
        this(startMs, endMs, methods, vcpus, health, null, null);
    }

    IntervalSnapshot withProbe(@Nullable Long costNs, @Nullable Long insideNs) {
        return new IntervalSnapshot(startMs, endMs, methods, vcpus, health, costNs, insideNs);
    }
}
