package io.vperf.compare;

import org.jspecify.annotations.Nullable;

/**
 * The rule that tells a change from noise: the change must be larger than {@value #LEAST_PERCENT} % of A, and than Student's t times
 * its standard error. Pure.
 */
final class Noise {

    static final int CONFIDENCE = 99;

    /** Histograms have two digits: each side may be off by 1 %. */
    static final int LEAST_PERCENT = 2;

    /** 0.995 quantiles by degrees of freedom, from 1 on; the last one is taken for more, and is a little large for them. */
    private static final double[] T = {
        63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169, 3.106, 3.055, 3.012, 2.977, 2.947, 2.921,
        2.898, 2.878, 2.861, 2.845, 2.831, 2.819, 2.807, 2.797, 2.787, 2.779, 2.771, 2.763, 2.756, 2.750
    };

    private Noise() {}

    /**
     * Judges a figure.
     *
     * @param units how many were drawn from, of the side that has fewer
     * @param errorA standard error; null where unknown
     * @param boundsOverlap whether the true values may be equal by what is not known of steal
     */
    static Change judge(
            @Nullable Double a,
            @Nullable Double b,
            @Nullable Double errorA,
            @Nullable Double errorB,
            int units,
            boolean boundsOverlap) {
        if (a == null || b == null) {
            return new Change(a, b, null, null, Change.State.UNKNOWN);
        }
        if (errorA == null || errorB == null || units < 2) {
            return new Change(a, b, null, null, Change.State.NOISE_UNKNOWN);
        }
        double change = b - a;
        double noise = t(units - 1) * Math.hypot(errorA, errorB);
        Change.State state = change == 0 || Math.abs(change) <= noise || Math.abs(change) * 100 <= LEAST_PERCENT * a
                ? Change.State.WITHIN_NOISE
                : boundsOverlap ? Change.State.WITHIN_BOUNDS : change > 0 ? Change.State.MORE : Change.State.LESS;
        return new Change(a, b, change - noise, change + noise, state);
    }

    static double t(int degrees) {
        return T[Math.min(degrees, T.length) - 1];
    }
}
