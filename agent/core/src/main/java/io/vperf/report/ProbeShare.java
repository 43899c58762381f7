package io.vperf.report;

import io.vperf.record.Estimate;
import io.vperf.record.MethodInterval;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What measuring one method has cost, and how much that is of the time it measured; and what measuring the calls it made has
 * cost in its own self time. That is where a callee's probe lies, all but the end of the entry and the beginning of the exit,
 * which are in the callee's own wall time. It is reported and never subtracted.
 *
 * <p>A method's own probes are no part of its time, but for the piece between the readings, and may well cost more than that.
 */
final class ProbeShare {

    /** Of measured calls: one that was only counted had none. */
    private final ProbeCosts own = new ProbeCosts();

    /** Of the calls that it made, the part outside of these. */
    private final ProbeCosts callees = new ProbeCosts();

    private long calls;
    private long totalNs;
    private long selfNs;

    /** Whether any file did not tell how many calls were measured, or made. */
    private boolean ownUnknown;

    private boolean calleesUnknown;

    /**
     * Adds an interval.
     *
     * @param probeNs what measuring a call cost in it, or null where that is not known
     * @param insideNs the part of it that is in the call's own wall time, or null where that is not known
     */
    void add(MethodInterval m, @Nullable Long probeNs, @Nullable Long insideNs) {
        calls += m.calls();
        Long measured = m.measuredCalls();
        if (measured == null) {
            ownUnknown = true;
        } else {
            Estimate e = m.estimate();
            own.add(measured, probeNs == null || e == null ? probeNs : Long.valueOf(e.probesNs(probeNs, measured)));
        }
        Long wallNs = m.wallNs();
        Long ownNs = m.selfNs();
        if (wallNs == null || ownNs == null) {
            return; // no call was measured: its callees are others'
        }
        totalNs += wallNs;
        selfNs += ownNs;
        Long made = m.measuredCallees();
        if (made == null) {
            calleesUnknown |= m.calls() > 0;
        } else if (probeNs != null && insideNs == null) {
            callees.addAtMost(made, probeNs);
        } else {
            callees.add(made, probeNs == null || insideNs == null ? null : Long.valueOf(probeNs - insideNs));
        }
    }

    /** Adds another run's. */
    void add(ProbeShare other) {
        own.add(other.own);
        callees.add(other.callees);
        calls += other.calls;
        totalNs += other.totalNs;
        selfNs += other.selfNs;
        ownUnknown |= other.ownUnknown;
        calleesUnknown |= other.calleesUnknown;
    }

    /**
     * A line for the report; nothing where nothing is known.
     *
     * @param mostNs what a probe costs at most, where its cost was not measured; null if nobody says
     */
    Optional<String> text(@Nullable Long mostNs) {
        Long costNs = own.mostNs(mostNs);
        long measured = own.probes();
        if (ownUnknown || measured == 0 || costNs == null) {
            return Optional.empty();
        }
        return Optional.of("probes: " + each(own, costNs)
                + (measured == calls ? " a call, " : " for each of " + Units.count(measured) + " measured calls, ")
                + ofTotal(costNs));
    }

    /** A method's probes are not in its total, and of one that does little they cost more than it takes. */
    private String ofTotal(long costNs) {
        if (totalNs > 0 && costNs > totalNs) {
            return own.isExact()
                    ? "more than the total: it is too short to tell its own time from theirs"
                    : "which may be more than the total";
        }
        return Units.percent(costNs, totalNs) + (own.probes() == calls ? " of total" : " of raw total");
    }

    /**
     * A line about the calls that the method made; nothing if it made none.
     *
     * @param mostNs as for {@link #text}
     */
    Optional<String> calleesText(@Nullable Long mostNs) {
        if (calleesUnknown) {
            return Optional.of("measured callees: unknown");
        }
        long made = callees.probes();
        if (made == 0) {
            return Optional.empty();
        }
        Long costNs = callees.mostNs(mostNs);
        return Optional.of("measured callees: " + Units.count(made) + (made == 1 ? " call" : " calls")
                + (costNs == null
                        ? ""
                        : "; their probes outside of them: " + each(callees, costNs) + " a call, "
                                + within(costNs, selfNs) + " of self, " + within(costNs, totalNs) + " of total"));
    }

    /** They are a part of that time. Where the estimate says more, they cost less than it thinks, and most is theirs. */
    private static String within(long costNs, long ns) {
        return ns > 0 && costNs > ns ? "most" : Units.percent(costNs, ns);
    }

    private static String each(ProbeCosts costs, long costNs) {
        return (costs.isExact() ? "" : "at most ") + Units.duration(costNs / costs.probes());
    }
}
