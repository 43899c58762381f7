package io.vperf.steal;

import io.vperf.sim.Kernel;
import java.util.List;
import java.util.Locale;

/** The outcome of all scenarios, for people: Markdown. */
final class AccuracyTable {

    private static final double[] PERCENTILES = {50, 99, 99.9};

    private AccuracyTable() {}

    static String of(List<Accuracy> all) {
        StringBuilder text = new StringBuilder("# Corrected times against the truth\n\n");
        long met = all.stream().filter(a -> a.isMet(a.vperf())).count();
        text.append(met).append(" of ").append(all.size()).append(" scenarios meet their bar.\n\n");
        text.append(
                        "Errors are those of vperf's figures, as a part of the true ones. `raw p99.9` is how many times the truth")
                .append(
                        " the raw one is; `beyond bound` the long calls whose error is larger than the bound told for it.\n\n");
        text.append("| scenario | kernel | vCPUs | stolen | calls | sum stolen | p50 | p99 | p99.9 | raw p99.9")
                .append(" | not corrected | beyond bound | bar | met |\n");
        text.append("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|---|\n");
        all.forEach(a -> row(text, a));
        text.append(
                        "\n# Ablation\n\nThe same scenarios corrected (a) not at all, (b) by what the vCPU's counter grew by between")
                .append(" the call's two ends, (c) by proportional share alone, (d) by vperf. Errors as above.\n\n");
        text.append(
                        "| scenario | kernel | sum b | c | d | p50 a | b | c | d | p99 a | b | c | d | p99.9 a | b | c | d |")
                .append(" met by |\n|---|---|");
        text.append("--:|".repeat(15)).append("---|\n");
        all.forEach(a -> ablation(text, a));
        return text.toString();
    }

    private static void row(StringBuilder text, Accuracy a) {
        Estimate vperf = a.vperf();
        text.append("| ").append(a.scenario().name());
        text.append(" | ").append(kernel(a.scenario().kernel()));
        text.append(" | ").append(a.scenario().vcpus());
        text.append(" | ").append(percent(a.stealShare()));
        text.append(" | ").append(a.truth().calls());
        text.append(" | ").append(error(vperf.sumError(a.truth())));
        for (double percentile : PERCENTILES) {
            text.append(" | ").append(error(vperf.percentileError(percentile, a.truth())));
        }
        text.append(String.format(Locale.ROOT, " | %.1f", a.raw().percentileError(99.9, a.truth()) + 1));
        text.append(" | ").append(a.uncorrected());
        text.append(" | ").append(percent(a.outOfBound() / (double) Math.max(1, a.longCalls())));
        text.append(" | ").append(a.scenario().bar().name().toLowerCase(Locale.ROOT));
        text.append(" | ").append(a.isMet(vperf) ? "yes" : "no").append(" |\n");
    }

    private static void ablation(StringBuilder text, Accuracy a) {
        text.append("| ").append(a.scenario().name());
        text.append(" | ").append(kernel(a.scenario().kernel()));
        for (Estimate estimate : a.ablation().subList(1, 4)) {
            text.append(" | ").append(error(estimate.sumError(a.truth())));
        }
        for (double percentile : PERCENTILES) {
            for (Estimate estimate : a.ablation()) {
                text.append(" | ").append(error(estimate.percentileError(percentile, a.truth())));
            }
        }
        StringBuilder metBy = new StringBuilder();
        for (int i = 0; i < a.ablation().size(); i++) {
            metBy.append(a.isMet(a.ablation().get(i)) ? "abcd".substring(i, i + 1) : "");
        }
        text.append(" | ").append(metBy).append(" |\n");
    }

    private static String kernel(Kernel kernel) {
        return (kernel.excludesSteal() ? "excludes " : "includes ") + kernel.hz();
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    private static String error(double part) {
        if (Double.isInfinite(part)) {
            return "from 0";
        }
        return part >= 1
                ? String.format(Locale.ROOT, "x %.1f", part + 1)
                : String.format(Locale.ROOT, "%+.1f %%", 100 * part);
    }
}
