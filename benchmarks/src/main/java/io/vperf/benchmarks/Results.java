package io.vperf.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.util.ListStatistics;

/** Of all rows over all rounds. */
final class Results {

    private final Map<String, Map<Metric, List<Double>>> values = new LinkedHashMap<>();
    private final Map<String, String> proofs = new LinkedHashMap<>();
    private final Map<String, String> details = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    void add(String row, Sample sample) {
        Map<Metric, List<Double>> ofRow = values.computeIfAbsent(row, id -> new LinkedHashMap<>());
        sample.metrics()
                .forEach((metric, value) ->
                        ofRow.computeIfAbsent(metric, m -> new ArrayList<>()).add(value));
        proofs.put(row, sample.proof());
        if (!sample.detail().isEmpty()) {
            details.put(row, sample.detail());
        }
    }

    /** The row is out: what it gave before is worth nothing, either. */
    void fail(String row, String reason) {
        failures.put(row, reason);
        values.remove(row);
        details.remove(row);
    }

    boolean hasFailed(String row) {
        return failures.containsKey(row);
    }

    /** Reasons by row. */
    Map<String, String> failures() {
        return failures;
    }

    /** Rows that have values, in the order they were first run. */
    List<String> rows() {
        return List.copyOf(values.keySet());
    }

    /** That of the last trial. */
    String proof(String row) {
        return proofs.getOrDefault(row, "");
    }

    /** Those of the last trial, by row. */
    Map<String, String> details() {
        return details;
    }

    /** One value per trial; the row's main metric comes first. */
    Map<Metric, List<Double>> metrics(String row) {
        return values.getOrDefault(row, Map.of());
    }

    List<Double> values(String row, Metric metric) {
        return metrics(row).getOrDefault(metric, List.of());
    }

    /** NaN if there are none. */
    static double median(List<Double> values) {
        return values.isEmpty() ? Double.NaN : statistics(values).getPercentile(50);
    }

    static ListStatistics statistics(List<Double> values) {
        return new ListStatistics(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
