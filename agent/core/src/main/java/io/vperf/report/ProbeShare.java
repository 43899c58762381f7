package io.vperf.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What measuring one method has cost, and how much that is of the time it measured. All of it lies in the callers' time but
 * the end of the entry and the beginning of the exit. It is reported and never subtracted.
 */
final class ProbeShare {

    private long calls;
    private long totalNs;

    /** Calls of the intervals for which the probe's cost is known, and what theirs cost together. */
    private long knownCalls;

    private long knownNs;

    /**
     * Adds an interval.
     *
     * @param wallNs the method's total wall time in it
     * @param probeNs what measuring a call cost in it, or null where that is not known
     */
    void add(long callsEnded, long wallNs, @Nullable Long probeNs) {
        calls += callsEnded;
        totalNs += wallNs;
        if (probeNs != null) {
            knownCalls += callsEnded;
            knownNs += callsEnded * probeNs;
        }
    }

    /**
     * A line for the report; nothing where nothing is known.
     *
     * @param atStartNs what a probe costs at most, where its cost was not measured; null if nobody says
     */
    Optional<String> text(@Nullable Long atStartNs) {
        boolean exact = knownCalls == calls;
        if (calls == 0 || (!exact && atStartNs == null)) {
            return Optional.empty();
        }
        long costNs = atStartNs == null ? knownNs : knownNs + (calls - knownCalls) * atStartNs;
        return Optional.of("probes: " + (exact ? "" : "at most ") + Units.duration(costNs / calls) + " a call, "
                + Units.percent(costNs, totalNs) + " of total");
    }
}
