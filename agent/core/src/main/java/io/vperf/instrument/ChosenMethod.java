package io.vperf.instrument;

import io.vperf.select.MethodPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method that somebody wants to be measured.
 *
 * @param marked whether its author does
 * @param pattern the pattern that is about it; null if none is
 * @param leftOut why it is not measured nevertheless; null: it is
 * @param also later patterns that are about it and would measure it
 * @param excluding patterns that keep it from being measured, where it would be otherwise
 */
record ChosenMethod(
        MeasuredMethod method,
        boolean marked,
        @Nullable MethodPattern pattern,
        @Nullable String leftOut,
        List<MethodPattern> also,
        List<MethodPattern> excluding) {

    ChosenMethod(MeasuredMethod method, boolean marked, @Nullable MethodPattern pattern, @Nullable String leftOut) {
        this(method, marked, pattern, leftOut, List.of(), List.of());
    }
}
