package io.vperf.instrument;

import io.vperf.select.MethodPattern;
import org.jspecify.annotations.Nullable;

/**
 * A method that somebody wants to be measured.
 *
 * @param marked whether its author does
 * @param pattern the pattern that is about it; null if none is
 * @param leftOut why it is not measured nevertheless; null: it is
 */
record ChosenMethod(
        MeasuredMethod method,
        boolean marked,
        @Nullable MethodPattern pattern,
        @Nullable String leftOut) {}
