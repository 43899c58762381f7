package io.vperf.cost;

import io.vperf.shim.Capability;
import java.util.Locale;

/** The table on a terminal. */
public final class CostTable {

    private CostTable() {}

    /** The whole text, ending with a new line. */
    public static String of(CostReport report) {
        StringBuilder out = new StringBuilder();
        out.append("vperf ").append(report.version()).append(": what readings and measured calls cost here\n");
        out.append("  JVM          ").append(report.jvm()).append('\n');
        out.append("  machine      ")
                .append(report.hypervisor())
                .append(", kernel ")
                .append(report.kernel())
                .append(", ")
                .append(report.vcpus())
                .append(" vCPUs\n");
        out.append("  wall clock   ").append(report.wallClock()).append("\n\n");
        out.append(row("nanoseconds each", "min", "median", "p99", "batches"));
        String group = "";
        for (CostRow row : report.rows()) {
            if (!row.group().equals(group)) {
                group = row.group();
                out.append(group).append('\n');
            }
            out.append(row(row));
        }
        out.append("\nA figure is a batch's mean; median and p99 are over the batches, after a warm-up.\n");
        return out.toString();
    }

    private static String row(CostRow row) {
        if (row.cost() instanceof Capability.Unavailable<Cost> not) {
            return "  " + row.name() + ": unavailable, " + not.reason()
                    + (not.remedy().isEmpty() ? "" : "; remedy: " + not.remedy()) + "\n";
        }
        Cost cost = ((Capability.Available<Cost>) row.cost()).value();
        return row(
                row.name(),
                ns(cost.minNs()),
                ns(cost.medianNs()),
                ns(cost.p99Ns()),
                String.format(Locale.ROOT, "%,d x %,d", cost.batches(), cost.perBatch()));
    }

    private static String row(String name, String min, String median, String p99, String batches) {
        return String.format(Locale.ROOT, "  %-34s%10s%10s%10s%15s\n", name, min, median, p99, batches);
    }

    private static String ns(double ns) {
        return String.format(Locale.ROOT, "%,.1f", ns);
    }
}
