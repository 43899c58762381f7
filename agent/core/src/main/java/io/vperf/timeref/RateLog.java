package io.vperf.timeref;

import java.util.Arrays;

/** How two clocks usually differ in rate: the median of the last stretches, which a pause or two among them do not move. */
final class RateLog {

    private static final int KEPT = 9;
    private static final int ENOUGH = 3;

    private final double[] ppm = new double[KEPT];
    private final double[] boundPpm = new double[KEPT];
    private int added;

    void add(double ratePpm, double ratePpmBound) {
        ppm[added % KEPT] = ratePpm;
        boundPpm[added % KEPT] = ratePpmBound;
        added++;
    }

    boolean isKnown() {
        return added >= ENOUGH;
    }

    /** 0 before it is known. */
    double usualPpm() {
        return isKnown() ? median(ppm) : 0;
    }

    /** By how much that may be wrong. */
    double boundPpm() {
        return isKnown() ? median(boundPpm) : 0;
    }

    void clear() {
        added = 0;
    }

    private double median(double[] values) {
        double[] sorted = Arrays.copyOf(values, Math.min(added, KEPT));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
