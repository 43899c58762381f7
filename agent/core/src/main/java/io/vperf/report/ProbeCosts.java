package io.vperf.report;

import org.jspecify.annotations.Nullable;

/** What probes have cost together, those of each interval at its own cost. */
final class ProbeCosts {

    private long probes;

    /** Those of the intervals for which the cost is known, and theirs together. */
    private long knownProbes;

    private long knownNs;
    private boolean bounded;

    /**
     * Adds an interval's.
     *
     * @param probeNs what each cost in it, or null where that is not known
     */
    void add(long more, @Nullable Long probeNs) {
        probes += more;
        if (probeNs != null) {
            knownProbes += more;
            knownNs += more * probeNs;
        }
    }

    /** Adds an interval's, each of which cost no more than that. */
    void addAtMost(long more, long probeNs) {
        add(more, probeNs);
        bounded |= more > 0;
    }

    /** Adds another run's. */
    void add(ProbeCosts other) {
        probes += other.probes;
        knownProbes += other.knownProbes;
        knownNs += other.knownNs;
        bounded |= other.bounded;
    }

    long probes() {
        return probes;
    }

    /** Whether {@link #mostNs} is what they did cost. */
    boolean isExact() {
        return knownProbes == probes && !bounded;
    }

    /**
     * What they cost at most; null where nobody can say.
     *
     * @param atStartNs what one costs at most where that was not measured; null if nobody says
     */
    @Nullable
    Long mostNs(@Nullable Long atStartNs) {
        if (knownProbes == probes) {
            return knownNs;
        }
        return atStartNs == null ? null : Long.valueOf(knownNs + (probes - knownProbes) * atStartNs);
    }
}
