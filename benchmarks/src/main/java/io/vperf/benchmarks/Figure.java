package io.vperf.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of what is to be reached.
 *
 * @param row whose values are looked at
 * @param over the row they are compared with; null: the values themselves
 * @param limit the most that is good; or the least, where {@code kind} says so
 */
record Figure(
        String name,
        Kind kind,
        Metric metric,
        String row,
        @Nullable String over,
        double limit) {

    enum Kind {
        VALUE,
        RATIO,
        DIFFERENCE,
        VALUE_AT_LEAST
    }

    /**
     * Median over the rounds, row and reference taken from the same round, so that a slow drift of the machine does not
     * count. NaN if there are no values.
     */
    double median(Results results) {
        List<Double> values = results.values(row, metric);
        if (over == null) {
            return Results.median(values);
        }
        List<Double> references = results.values(over, metric);
        double[] compared = new double[Math.min(values.size(), references.size())];
        for (int i = 0; i < compared.length; i++) {
            compared[i] = kind == Kind.RATIO ? values.get(i) / references.get(i) : values.get(i) - references.get(i);
        }
        return Results.median(Arrays.stream(compared).boxed().toList());
    }

    boolean isMet(double median) {
        return kind == Kind.VALUE_AT_LEAST ? median >= limit : median <= limit;
    }

    String target() {
        return (kind == Kind.VALUE_AT_LEAST ? "≥ " : "≤ ") + number(limit) + unit();
    }

    String unit() {
        return kind == Kind.RATIO ? " ×" : " " + metric.unit();
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return String.format("%.0f", value);
        }
        double size = Math.abs(value);
        return String.format(size < 0.1 ? "%.4f" : size < 10 ? "%.3f" : size < 100 ? "%.1f" : "%,.0f", value);
    }
}
