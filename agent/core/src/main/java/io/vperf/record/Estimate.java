package io.vperf.record;

import org.jspecify.annotations.Nullable;

/**
 * How far the sums of a method and an interval are to be trusted in which not every call was measured. A standard error is
 * the square root of what the drawn calls say is the variance of a sum; it knows nothing of calls so rare that none was drawn.
 *
 * @param countedCallees calls that its calls made directly and that were only counted: their time is in its self time
 * @param drawnCalls measured calls that were drawn, each of which stands for others too
 * @param probeNs how much of {@code wallNs}, of {@code selfNs} and of {@code cpuNs} is the probe's own, by readings of nothing
 *     just before the drawn calls; undrawn calls had no probe, so it was never spent. Not subtracted. May be off by as much again
 * @param waitsNs for how long calls will have waited for a vCPU beyond what {@code wallNs} shows, as threads that are due to be
 *     switched out are so in a rehearsal, see {@link RehearsalWaits}: what threads waited there, for the CPU time that these calls
 *     took. Not added. May be off by as much again
 * @param selfWaitsNs the same of {@code selfNs}
 * @param wallErrorNs standard error of {@code wallNs − probeNs}
 * @param selfErrorNs standard error of {@code selfNs − probeNs}
 * @param cpuErrorNs standard error of {@code cpuNs − probeNs}; null where CPU time is unknown
 * @param recursive whether calls were drawn of a method that calls itself: one drawn within one that was only counted is
 *     taken for the outermost, so sums hold a moment more than once
 */
public record Estimate(
        long countedCallees,
        long drawnCalls,
        long probeNs,
        long waitsNs,
        long selfWaitsNs,
        long wallErrorNs,
        long selfErrorNs,
        @Nullable Long cpuErrorNs,
        boolean recursive) {

    /** What probes cost per measured call, where each run costs so much: calls that were drawn are rehearsed. */
    public long probesNs(long probeRunNs, long measuredCalls) {
        long rehearsals = drawnCalls * SamplingRecorder.REHEARSALS;
        return measuredCalls == 0 ? probeRunNs : probeRunNs * (measuredCalls + rehearsals) / measuredCalls;
    }
}
