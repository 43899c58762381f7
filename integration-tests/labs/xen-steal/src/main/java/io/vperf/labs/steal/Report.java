package io.vperf.labs.steal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The table for people, in Markdown. */
final class Report {

    private static final String HEAD = "| steal | burst | calls | raw p50 | corrected | reference | error"
            + " | raw p99 | corrected | reference | error | stolen | ± | counter | error |\n"
            + "|---" + "|--:".repeat(14) + "|\n";

    private final StringBuilder text = new StringBuilder();

    private Report() {}

    static String of(List<Row> rows) throws IOException {
        Report report = new Report();
        for (Kernel kernel :
                rows.stream().map(row -> row.cell().kernel()).distinct().toList()) {
            report.kernel(
                    kernel,
                    rows.stream()
                            .filter(row -> row.cell().kernel().equals(kernel))
                            .toList());
        }
        return report.text.toString();
    }

    private void kernel(Kernel kernel, List<Row> rows) throws IOException {
        Dump dump = rows.get(0).cell().dump();
        text.append("## ").append(kernel.title()).append("\n\n");
        text.append("Reference: ").append(kernel.reference()).append(". vperf says there: kernel kind \"");
        text.append(dump.header("kernelKind")).append("\"; clocks ").append(dump.header("clocks"));
        text.append("; steal ").append(dump.header("steal")).append(".\n\n");
        text.append("Bars met: median ").append(met(rows, Row::median));
        text.append(", p99 ").append(met(rows, Row::p99));
        text.append(", sum ").append(met(rows, Row::sum)).append(".\n\n");
        for (String method : rows.stream().map(Row::method).distinct().toList()) {
            text.append(title(kernel, method)).append("\n\n").append(HEAD);
            rows.stream().filter(row -> row.method().equals(method)).forEach(this::row);
            text.append('\n');
        }
        if (rows.stream().anyMatch(Row::cpuHoldsSteal)) {
            text.append("† Thread CPU time holds a part of the steal here; it is that of the run without steal.\n\n");
        }
        health(rows);
    }

    private static String met(List<Row> rows, Function<Row, Verdict> of) {
        List<Verdict.Bar> bars = rows.stream()
                .map(row -> of.apply(row).bar())
                .filter(bar -> bar != Verdict.Bar.NONE)
                .toList();
        return bars.stream().filter(bar -> bar == Verdict.Bar.MET).count() + " of " + bars.size();
    }

    private static String title(Kernel kernel, String method) {
        return String.format(
                Locale.ROOT,
                "**Calls of about %s.** Bars: median %.0f %%, p99 %.0f %%, sum %.0f %%",
                method.equals("long") ? "300 ms" : "5 ms, 5 % of them ten times as long",
                kernel.medianLimit() * 100,
                kernel.p99Limit(method) * 100,
                kernel.sumLimit() * 100);
    }

    private void row(Row row) {
        text.append(String.format(
                Locale.ROOT,
                "| %d %% | %d ms | %d | %.2f | %.2f | %.2f%s | %s | %.2f | %.2f | %.2f%s | %s | %.0f | %.0f | %.0f | %s |%n",
                row.cell().stealPercent(),
                row.cell().burstMs(),
                row.calls(),
                row.raw().medianMs(),
                row.corrected().medianMs(),
                row.reference().medianMs(),
                mark(row),
                row.median(),
                row.raw().p99Ms(),
                row.corrected().p99Ms(),
                row.reference().p99Ms(),
                mark(row),
                row.p99(),
                row.stolenMs(),
                row.boundMs(),
                row.counterMs(),
                row.sum()));
    }

    private static String mark(Row row) {
        return row.cpuHoldsSteal() ? " †" : "";
    }

    private void health(List<Row> rows) throws IOException {
        Map<String, Long> sum = new TreeMap<>();
        for (Cell cell : rows.stream().map(Row::cell).distinct().toList()) {
            cell.dump().health().forEach((key, count) -> sum.merge(key, count, Long::sum));
        }
        text.append("Health, all cells together: ")
                .append(sum.isEmpty() ? "nothing" : sum)
                .append(".\n\n");
    }
}
