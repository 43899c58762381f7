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
 */
public record Verdict(
        MethodFacts method, MethodPattern by, @Nullable String leftOut, List<MethodPattern> also) {

    Verdict(MethodFacts method, MethodPattern by, @Nullable String leftOut) {
        this(method, by, leftOut, List.of());
    }

    Verdict also(MethodPattern later) {
        List<MethodPattern> longer = new ArrayList<>(also);
        longer.add(later);
        return new Verdict(method, by, leftOut, longer);
    }
}
