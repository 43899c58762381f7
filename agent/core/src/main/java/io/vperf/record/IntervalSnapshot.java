package io.vperf.record;

import io.vperf.steal.StealHiccups;
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
 * @param mostStolenNs the most that can have been stolen from all vCPUs together since the start of the run, by their counters
 *     and the resolution of these; null where unknown
 * @param tainted why no method has a correction though steal is known, or null
 * @param health counts of trouble since the start of the run, by key
 * @param probeNs what measuring a call costs by the interval's end, nanoseconds; null where that is not known
 * @param probeInsideNs the part of it that is in the call's own wall time; the rest is in its caller's
 * @param probeCounts what it adds to each counter; empty where that is not known, or there are none
 * @param hiccups what the sampler saw in it; null where steal is unknown
 * @param host what was read of the machine around the JVM
 * @param jvm what held the JVM back
 * @param suspended whether an operator had suspended measuring in it: what calls there were is unknown then, but for those that had
 *     begun before
 */
public record IntervalSnapshot(
        long startMs,
        long endMs,
        List<MethodInterval> methods,
        @Nullable List<VcpuSteal> vcpus,
        @Nullable Long mostStolenNs,
        @Nullable String tainted,
        Map<String, Long> health,
        @Nullable Long probeNs,
        @Nullable Long probeInsideNs,
        List<ProbeCount> probeCounts,
        @Nullable StealHiccups hiccups,
        HostInterval host,
        JvmInterval jvm,
        boolean suspended) {

    /** Where neither a bound on steal nor the probe's cost is known. */
    public IntervalSnapshot(
            long startMs,
            long endMs,
            List<MethodInterval> methods,
            @Nullable List<VcpuSteal> vcpus,
            Map<String, Long> health) {
        this(startMs, endMs, methods, vcpus, null, null, health, null, null, List.of(), null);
    }

    /** Where nobody asked for more than calls and steal. */
    public IntervalSnapshot(
            long startMs,
            long endMs,
            List<MethodInterval> methods,
            @Nullable List<VcpuSteal> vcpus,
            @Nullable Long mostStolenNs,
            @Nullable String tainted,
            Map<String, Long> health,
            @Nullable Long probeNs,
            @Nullable Long probeInsideNs,
            List<ProbeCount> probeCounts,
            @Nullable StealHiccups hiccups) {
        this(
                startMs,
                endMs,
                methods,
                vcpus,
                mostStolenNs,
                tainted,
                health,
                probeNs,
                probeInsideNs,
                probeCounts,
                hiccups,
                HostInterval.NONE,
                JvmInterval.NONE,
                false);
    }

    IntervalSnapshot withProbe(@Nullable Long costNs, @Nullable Long insideNs, List<ProbeCount> counts) {
        return with(costNs, insideNs, counts, hiccups, host, jvm, suspended);
    }

    /** With what the sampler saw meanwhile. */
    public IntervalSnapshot with(@Nullable StealHiccups seen) {
        return with(probeNs, probeInsideNs, probeCounts, seen, host, jvm, suspended);
    }

    /** With what was read of the machine meanwhile. */
    public IntervalSnapshot with(HostInterval read) {
        return with(probeNs, probeInsideNs, probeCounts, hiccups, read, jvm, suspended);
    }

    /** With what held the JVM back. */
    public IntervalSnapshot with(JvmInterval held) {
        return with(probeNs, probeInsideNs, probeCounts, hiccups, host, held, suspended);
    }

    /** Whether measuring was suspended in it. */
    public IntervalSnapshot with(boolean wasSuspended) {
        return with(probeNs, probeInsideNs, probeCounts, hiccups, host, jvm, wasSuspended);
    }

    private IntervalSnapshot with(
            @Nullable Long costNs,
            @Nullable Long insideNs,
            List<ProbeCount> counts,
            @Nullable StealHiccups seen,
            HostInterval read,
            JvmInterval held,
            boolean wasSuspended) {
        return new IntervalSnapshot(
                startMs,
                endMs,
                methods,
                vcpus,
                mostStolenNs,
                tainted,
                health,
                costNs,
                insideNs,
                counts,
                seen,
                read,
                held,
                wasSuspended);
    }
}
