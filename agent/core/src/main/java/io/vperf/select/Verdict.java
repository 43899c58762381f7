package io.vperf.select;

import org.jspecify.annotations.Nullable;

/**
 * What patterns say of a method that one of them is about.
 *
 * @param by the pattern; of several the first that measures it, else the first that leaves it out
 * @param leftOut why it is not measured nevertheless; null: it is
 */
public record Verdict(
        MethodFacts method, MethodPattern by, @Nullable String leftOut) {}
