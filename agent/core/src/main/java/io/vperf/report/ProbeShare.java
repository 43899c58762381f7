package io.vperf.report;

import io.vperf.record.MethodInterval;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What measuring one method has cost, and how much that is of the time it measured. All of it lies in the callers' time but
 * the end of the entry and the beginning of the exit. It is reported and never subtracted.
 */
final class ProbeShare {

    /** Of measured calls: one that was only counted had none. */
    private final ProbeCosts own = new ProbeCosts();

    private long calls;
    private long totalNs;
    private boolean unknown;

    /**
     * Adds an interval.
     *
     * @param probeNs what measuring a call cost in it, or null where that is not known
     */
    void add(MethodInterval m, @Nullable Long probeNs) {
        calls += m.calls();
        Long measured = m.measuredCalls();
        if (measured == null) {
            unknown = true;
            return;
        }
        own.add(measured, probeNs);
        Long wallNs = m.wallNs();
        totalNs += wallNs == null ? 0 : wallNs;
    }

    /**
     * A line for the report; nothing where nothing is known.
     *
     * @param atStartNs what a probe costs at most, where its cost was not measured; null if nobody says
     */
    Optional<String> text(@Nullable Long atStartNs) {
        Long costNs = own.mostNs(atStartNs);
        long measured = own.probes();
        if (unknown || measured == 0 || costNs == null) {
            return Optional.empty();
        }
        return Optional.of("probes: " + (own.isExact() ? "" : "at most ") + Units.duration(costNs / measured)
                + (measured == calls ? " a call, " : " for each of " + Units.count(measured) + " measured calls, ")
                + Units.percent(costNs, totalNs) + " of total");
    }
}
