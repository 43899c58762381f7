package io.vperf.report;

import io.vperf.explain.Part;
import io.vperf.explain.WallSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** The methods for spreadsheets: RFC 4180 but for the line ends, which are those of Unix. What is unknown is empty. */
public final class CsvReport {

    private final Runs.Surroundings around;

    private CsvReport(Runs.Surroundings around) {
        this.around = around;
    }

    /** A line of column names, and one for each method. */
    public static String of(Runs runs) {
        CsvReport csv = new CsvReport(runs.surroundings());
        List<Row> rows = runs.methods().stream().map(csv::row).toList();
        StringBuilder text = new StringBuilder();
        // An empty method has the same columns.
        line(text, (rows.isEmpty() ? csv.row(new MethodSummary("")) : rows.get(0)).names);
        rows.forEach(row -> line(text, row.values));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> values) {
        text.append(String.join(",", values)).append('\n');
    }

    private static final class Row {
        final List<String> names = new ArrayList<>();
        final List<String> values = new ArrayList<>();

        void add(String name, @Nullable Object value) {
            names.add(name);
            values.add(value == null ? "" : quoted(value.toString()));
        }

        /** Mean and percentiles. */
        void add(String name, AbstractHistogram h) {
            Map<String, Long> amounts = Amounts.of(h);
            add(name + "_mean_ns", amounts == null ? null : amounts.get("mean"));
            Amounts.percentiles()
                    .keySet()
                    .forEach(key -> add(name + "_" + key + "_ns", amounts == null ? null : amounts.get(key)));
        }
    }

    static String quoted(String value) {
        return value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }

    private Row row(MethodSummary m) {
        Row row = new Row();
        row.add("method", m.name);
        row.add("calls", m.calls);
        row.add("measured_calls", m.wall().getTotalCount());
        row.add("exceptions", m.exceptions);
        row.add("in_flight", m.inFlight);
        sum(row, "total", m.sampled.total, true);
        sum(row, "self", m.sampled.self, !m.toCompletion);
        CorrectedTimes corrected = m.corrected;
        row.add("stolen_ns", corrected.isKnown() ? Long.valueOf(corrected.stolenNs()) : null);
        row.add("stolen_bound_ns", corrected.isKnown() ? Long.valueOf(corrected.boundNs(around.mostStolenNs())) : null);
        row.add("wall", m.wall());
        row.add("corrected", corrected.wall());
        row.add("corrected_least", corrected.isKnown() ? corrected.least() : corrected.wall());
        row.add("corrected_most", corrected.isKnown() ? corrected.most() : corrected.wall());
        row.add("quiet", m.timeSpent.quiet());
        row.add("cpu", m.cpu());
        row.add("cpu_corrected", corrected.cpu());
        row.add("stolen_call", corrected.stolen());
        WallSplit split = m.timeSpent.split();
        for (Part part : Part.values()) {
            row.add("part_" + snake(part.key()) + "_ns", split == null ? null : Long.valueOf(split.ns(part)));
        }
        row.add("paused_ns", split == null ? null : split.pausedNs());
        return row;
    }

    /** The best figure is unknown where only a limit is known. */
    private static void sum(Row row, String name, EstimatedSum sum, boolean known) {
        boolean best = known && sum.rawNs() != null && !sum.isLimit();
        row.add(name + "_ns", best ? Long.valueOf(sum.bestNs()) : null);
        row.add(name + "_bound_ns", best ? Long.valueOf(sum.boundNs()) : null);
        row.add(name + "_raw_ns", known ? sum.rawNs() : null);
    }

    private static String snake(String key) {
        return key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
