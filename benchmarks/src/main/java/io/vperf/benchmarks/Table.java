package io.vperf.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.util.ListStatistics;

/** The results as Markdown, which is legible as plain text, too. */
final class Table {

    /** What calls are compared with. */
    private static final String REFERENCE = "two-nanotimes";

    private final Results results;

    Table(Results results) {
        this.results = results;
    }

    String print(String title) {
        StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
        grid(text, List.of("figure", "median", "target", ""), figures());
        text.append("\nRows: median (least to most) of the trials.\n\n");
        grid(text, List.of("row", "median", "least to most", "over two nanoTime()", "also", "proven by"), rows());
        if (!results.failures().isEmpty()) {
            text.append("\nFailed: these rows have not measured, and their figures are left out.\n\n");
            results.failures()
                    .forEach((row, why) -> text.append("- ")
                            .append(row)
                            .append(": ")
                            .append(why)
                            .append('\n'));
        }
        results.details()
                .forEach((row, detail) -> text.append("\n## ")
                        .append(row)
                        .append("\n\n```\n")
                        .append(detail)
                        .append("```\n"));
        return text.toString();
    }

    private List<List<String>> figures() {
        List<List<String>> lines = new ArrayList<>();
        for (Figure figure : Figures.ALL) {
            double median = figure.median(results);
            boolean failed =
                    results.hasFailed(figure.row()) || (figure.over() != null && results.hasFailed(figure.over()));
            String verdict =
                    failed ? "failed" : Double.isNaN(median) ? "not run" : figure.isMet(median) ? "met" : "short";
            String value = Double.isNaN(median) ? "" : Figure.number(median) + figure.unit();
            lines.add(List.of(figure.name(), value, figure.target(), verdict));
        }
        return lines;
    }

    private List<List<String>> rows() {
        List<List<String>> lines = new ArrayList<>();
        for (String row : results.rows()) {
            List<String> also = new ArrayList<>();
            List<String> line = new ArrayList<>();
            line.add(row);
            for (Map.Entry<Metric, List<Double>> entry : results.metrics(row).entrySet()) {
                Metric metric = entry.getKey();
                double median = Results.median(entry.getValue());
                if (line.size() > 1) {
                    also.add(Figure.number(median) + " " + metric.unit());
                    continue;
                }
                ListStatistics all = Results.statistics(entry.getValue());
                line.add(Figure.number(median) + " " + metric.unit());
                line.add(Figure.number(all.getMin()) + " to " + Figure.number(all.getMax()));
                line.add(ratio(row, metric));
            }
            line.add(String.join(", ", also));
            line.add(results.proof(row));
            lines.add(line);
        }
        return lines;
    }

    private String ratio(String row, Metric metric) {
        double ratio = new Figure("", Figure.Kind.RATIO, metric, row, REFERENCE, 0).median(results);
        return Double.isNaN(ratio) ? "" : String.format("%.2f ×", ratio);
    }

    private static void grid(StringBuilder text, List<String> head, List<List<String>> lines) {
        int[] widths = new int[head.size()];
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(lines);
        for (List<String> line : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        line(text, head, widths);
        line(text, head.stream().map(cell -> "---").toList(), widths);
        lines.forEach(cells -> line(text, cells, widths));
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
        }
        text.append("|\n");
    }
}
