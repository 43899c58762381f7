package io.vperf.report;

import org.jspecify.annotations.Nullable;

/**
 * A sum of times over the intervals in which it is known. Where calls were drawn the raw sum holds the probe's own time, which
 * is taken off here, and lacks waits, which are added; what comes out is known within two standard errors, as the probe's time
 * and the waits are within themselves.
 */
final class EstimatedSum {

    private static final double ERRORS = 2;

    private @Nullable Long rawNs;
    private long probeNs;
    private long waitsNs;
    private double variance;
    private boolean limit;

    /**
     * Adds an interval's.
     *
     * @param intervalNs null if it is unknown, then the rest means nothing
     * @param probe how much of it is the probe's own
     * @param waits how much of waiting it lacks
     * @param errorNs standard error
     * @param atMost whether it is known to hold more than it should
     */
    void add(@Nullable Long intervalNs, long probe, long waits, long errorNs, boolean atMost) {
        if (intervalNs == null) {
            return;
        }
        rawNs = rawNs == null ? intervalNs : Long.valueOf(rawNs + intervalNs);
        probeNs += probe;
        waitsNs += waits;
        variance += (double) errorNs * errorNs;
        limit |= atMost;
    }

    /** Adds another run's. */
    void add(EstimatedSum other) {
        Long otherNs = other.rawNs;
        if (otherNs != null) {
            rawNs = rawNs == null ? otherNs : Long.valueOf(rawNs + otherNs);
        }
        probeNs += other.probeNs;
        waitsNs += other.waitsNs;
        variance += other.variance;
        limit |= other.limit;
    }

    /** Whether it holds more than it should, so that only a limit is known. */
    boolean isLimit() {
        return limit;
    }

    /** {@link #bestNs} is known within this. */
    long boundNs() {
        return errorNs() + probeNs + waitsNs;
    }

    /** With the probe's own time; null if no interval knows it. */
    @Nullable
    Long rawNs() {
        return rawNs;
    }

    long probeNs() {
        return probeNs;
    }

    long waitsNs() {
        return waitsNs;
    }

    /** Without the probe's own time and with the waits, if that can be told; −1 if nothing is known. */
    long bestNs() {
        Long raw = rawNs;
        return raw == null ? -1 : limit ? raw + waitsNs : raw - probeNs + waitsNs;
    }

    /** The bound of {@link #rawNs}: two standard errors. */
    long errorNs() {
        return Math.round(ERRORS * Math.sqrt(variance));
    }

    /** The sum and its bound, or only an upper one. */
    String text() {
        Long raw = rawNs;
        if (raw == null) {
            return "unknown";
        }
        long boundNs = boundNs();
        long mostNs = raw + errorNs() + 2 * waitsNs;
        if (limit) {
            return "at most " + Units.duration(mostNs);
        }
        long bestNs = raw - probeNs + waitsNs;
        return boundNs > 0 && bestNs <= boundNs
                ? "less than " + Units.duration(mostNs)
                : Units.durationWithin(bestNs, boundNs);
    }
}
