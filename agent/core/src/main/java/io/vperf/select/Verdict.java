package io.vperf.select;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What patterns say of a method that one of them is about.
 *
 * @param by the pattern; of several the first that measures it, else the first that leaves it out
 * @param leftOut why it is not measured nevertheless; null: it is
 * @param also later patterns that would measure it, too
 * @param excluding patterns that keep it from being measured, where it would be otherwise
 */
public record Verdict(
        MethodFacts method,
        MethodPattern by,
        @Nullable String leftOut,
        List<MethodPattern> also,
        List<MethodPattern> excluding) {

    Verdict(MethodFacts method, MethodPattern by, @Nullable String leftOut) {
        this(method, by, leftOut, List.of(), List.of());
    }

    Verdict also(MethodPattern later) {
        List<MethodPattern> longer = new ArrayList<>(also);
        longer.add(later);
        return new Verdict(method, by, leftOut, longer, excluding);
    }

    /** But it is excluded, by these patterns, if by any. */
    Verdict but(List<MethodPattern> excludedBy) {
        return excludedBy.isEmpty() ? this : new Verdict(method, by, Selection.reason(excludedBy), also, excludedBy);
    }
}
