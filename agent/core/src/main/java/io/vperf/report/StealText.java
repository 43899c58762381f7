package io.vperf.report;

import io.vperf.export.RunHeader;
import io.vperf.steal.StealBurst;
import io.vperf.steal.VcpuSteal;
import java.util.ArrayList;
import java.util.List;

/** The report's part about what was stolen from the vCPUs, whomever it hit. */
final class StealText {

    private static final long NS_PER_MS = 1_000_000;

    private StealText() {}

    /** Its lines, the last one empty. */
    static List<String> of(RunSummary run) {
        List<String> lines = new ArrayList<>();
        List<VcpuSteal> vcpus = run.vcpus();
        if (vcpus == null) {
            RunHeader header = run.header();
            lines.add("Steal: " + (header == null ? "unknown" : header.steal()));
            Long vmwareMs = run.vmware().grown("cpuStolenMs");
            if (vmwareMs != null) {
                lines.add("  from all vCPUs together, as VMware tells: " + Units.duration(vmwareMs * NS_PER_MS)
                        + "; whom it hit cannot be told, so no call is corrected");
            }
            lines.add("");
            return lines;
        }
        lines.add("Steal per vCPU, in steps of 10 ms");
        lines.add(Table.row("", "stolen", "of wall", "attributed", "rest"));
        for (VcpuSteal v : vcpus) {
            lines.add(Table.row(
                    "vCPU " + v.vcpu(),
                    Units.duration(v.stolenNs()),
                    Units.percent(v.stolenNs(), v.watchedNs()),
                    Units.duration(v.attributedNs()),
                    Units.duration(v.unattributedNs())));
        }
        onCredit(vcpus, lines);
        run.tainted()
                .forEach((reason, count) -> lines.add("Without corrected times: " + Units.count(count) + " of "
                        + Units.count(run.intervals()) + " intervals, as " + reason));
        bursts(run.bursts(), lines);
        lines.add("");
        return lines;
    }

    /** Without this the methods' stolen times could add up to more than the table says. */
    private static void onCredit(List<VcpuSteal> vcpus, List<String> lines) {
        StringBuilder given = new StringBuilder();
        for (VcpuSteal v : vcpus) {
            Long ns = v.onCreditNs();
            if (ns != null && ns > 0) {
                given.append(given.length() == 0 ? "" : ", ")
                        .append(Units.duration(ns))
                        .append(" on vCPU ")
                        .append(v.vcpu());
            }
        }
        if (given.length() > 0) {
            lines.add("Given to calls besides, before a counter shows it, a step per vCPU at most: " + given);
        }
    }

    private static void bursts(List<StealBurst> bursts, List<String> lines) {
        String before = "Largest bursts: ";
        for (StealBurst b : bursts) {
            lines.add(before + Units.duration(b.stolenMs() * NS_PER_MS) + " within "
                    + Units.duration(b.lengthMs() * NS_PER_MS) + " on vCPU " + b.vcpu() + ", from "
                    + Units.time(b.startMs()));
            before = " ".repeat(before.length());
        }
    }
}
