package io.vperf.compare;

import org.jspecify.annotations.Nullable;

/**
 * What became of one figure from A to B. Nanoseconds.
 *
 * @param a null where unknown, as all others
 * @param least with {@value Noise#CONFIDENCE} % confidence the change was not smaller; null where the noise is unknown
 * @param most and not larger
 * @param state what that comes to
 */
record Change(
        @Nullable Double a,
        @Nullable Double b,
        @Nullable Double least,
        @Nullable Double most,
        State state) {

    enum State {
        /** A figure is unknown. */
        UNKNOWN("unknown", "unknown"),
        /** There are too few intervals to tell noise from change, or the figure is one call's. */
        NOISE_UNKNOWN("noise unknown", "noiseUnknown"),
        WITHIN_NOISE("within noise", "withinNoise"),
        /** It may all be in what is not known of steal. */
        WITHIN_BOUNDS("within bounds of steal", "withinBounds"),
        LESS("less", "less"),
        MORE("more", "more");

        private final String text;
        private final String key;

        State(String text, String key) {
            this.text = text;
            this.key = key;
        }

        /** Part of the format. */
        String key() {
            return key;
        }

        String text() {
            return text;
        }
    }

    boolean isChanged() {
        return state == State.LESS || state == State.MORE;
    }

    /** Null where a figure is unknown. */
    @Nullable
    Double ns() {
        return a == null || b == null ? null : Double.valueOf(b - a);
    }

    /** Null where a figure is unknown; infinite where A's is 0 and B's is not. */
    @Nullable
    Double percent() {
        Double ns = ns();
        return ns == null ? null : percentOfA(ns);
    }

    /** An amount beside A. */
    @Nullable
    Double percentOfA(double ns) {
        return a == null
                ? null
                : ns == 0 ? Double.valueOf(0) : Double.valueOf(a == 0 ? ns * Double.POSITIVE_INFINITY : 100 * ns / a);
    }
}
