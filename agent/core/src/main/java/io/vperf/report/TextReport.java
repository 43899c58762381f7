package io.vperf.report;

import io.vperf.export.RunHeader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/** The report on a terminal: at exit, and from dump files. */
public final class TextReport {

    private static final String UNKNOWN = "-";

    /** As in {@link #methods}; the last one is the maximum. */
    private static final double[] PERCENTILES = {50, 99, 99.9, 100};

    /** After a corrected figure. */
    private static final String UNCERTAIN = "?";

    private final StringBuilder out = new StringBuilder();
    private boolean anyUncertain;

    private TextReport() {}

    /**
     * The whole report, ending with a new line.
     *
     * @param dumps where the histograms are; empty if there is no file
     */
    public static String of(RunSummary run, List<Path> dumps) {
        return of(run, dumps, List.of());
    }

    /**
     * The same, where dumps of the run were lost or removed.
     *
     * @param notInDumps what was written, but is not in these files any more
     */
    public static String of(RunSummary run, List<Path> dumps, List<String> notInDumps) {
        TextReport report = new TextReport();
        report.head(run);
        if (run.intervals() == 0) {
            report.line("No complete interval was found.");
            report.files(dumps, notInDumps);
            return report.out.toString();
        }
        report.methods(run);
        StealText.of(run).forEach(report::line);
        ThrottleText.of(run.throttled()).forEach(report::line);
        run.pauses().lines().forEach(report::line);
        NetworkText.of(run.network()).forEach(report::line);
        VmwareText.of(run.vmware()).forEach(report::line);
        OutsideText.of(run.outside()).forEach(report::line);
        report.health(run.health());
        report.files(dumps, notInDumps);
        return report.out.toString();
    }

    private void head(RunSummary run) {
        RunHeader header = run.header();
        line("vperf report: " + run.intervals() + (run.intervals() == 1 ? " interval, " : " intervals, ")
                + Units.duration(run.coveredMs() * 1_000_000)
                + (header == null ? "" : ", pid " + header.pid() + " on " + header.host()));
        run.coverage().missing().forEach(what -> line("  incomplete   " + what));
        if (header != null) {
            line("  JVM          " + header.jvm());
            line("  machine      " + header.hypervisor() + ", kernel " + header.kernel() + ", " + header.vcpus()
                    + " vCPUs");
            line("  steal        " + header.steal());
            line("  kernel kind  " + header.kernelKind());
            line("               cpu-corrected: " + header.cpuCorrection());
            line("  clocks       " + clocks(header));
            CounterText.head(header).forEach(this::line);
            probe(run);
        } else {
            line("  JVM, machine, kernel and clocks are unknown: the dump has lost its head");
        }
        line("");
    }

    private static String clocks(RunHeader header) {
        StringBuilder text = new StringBuilder();
        header.clocks().forEach((reading, clock) -> {
            Long costNs = header.costsNs().get(reading);
            text.append(text.length() == 0 ? "" : ", ")
                    .append(reading)
                    .append(": ")
                    .append(clock);
            if (costNs != null) {
                text.append(" (").append(costNs).append(" ns)");
            }
            if (reading.equals("cpu") && clock.equals("unknown")) {
                text.append(whyNoCpu(header));
            }
        });
        return text.toString();
    }

    private static String whyNoCpu(RunHeader header) {
        for (RunHeader.Capability capability : header.capabilities()) {
            if (capability.name().equals(RunHeader.CPU_TIME) && !capability.available()) {
                return " (" + capability.detail()
                        + (capability.remedy().isEmpty() ? "" : "; remedy: " + capability.remedy()) + ")";
            }
        }
        return "";
    }

    private void probe(RunSummary run) {
        Long compiledNs = run.probeNs();
        Long atStartNs = run.probeAtStartNs();
        if (compiledNs != null) {
            line("  probe        " + Units.duration(compiledNs) + " a call when last measured"
                    + atStart(compiledNs, atStartNs));
        } else if (atStartNs != null) {
            line("  probe        " + Units.duration(atStartNs)
                    + " a call at the start; too few calls to measure it after");
        }
        CounterText.ofProbe(run.probeCounts()).forEach(this::line);
    }

    private static String atStart(long lastNs, @Nullable Long atStartNs) {
        if (atStartNs == null) {
            return "";
        }
        return ", " + Units.duration(atStartNs) + " at the start"
                + (lastNs < atStartNs
                        ? ", before it was compiled"
                        : ": it is not compiled, or the machine is busier now");
    }

    private void methods(RunSummary run) {
        if (run.methods().isEmpty()) {
            line("No measured method was called.");
            line("");
            return;
        }
        for (MethodSummary m : run.methods()) {
            method(m, run);
        }
        if (anyUncertain) {
            line(UNCERTAIN
                    + " after a figure: it was corrected by less than it may be wrong, or may be that of a call that"
                    + " could not be corrected; it may as well be raw.");
            line("");
        }
    }

    private void method(MethodSummary m, RunSummary run) {
        line(m.name);
        if (m.calls == 0) {
            line("  no call has ended" + (m.inFlight == 0 ? "" : "; " + running(m)));
            line("");
            return;
        }
        Long mostProbeNs = run.mostProbeNs();
        line("  " + Units.count(m.calls) + (m.calls == 1 ? " call, " : " calls, ") + exceptions(m)
                + ", self " + m.sampled.self.text() + ", total " + m.sampled.total.text() + ", stolen "
                + stolen(m.corrected, run.mostStolenNs())
                + (m.inFlight == 0 ? "" : ", " + running(m)));
        m.sampled.text().forEach(text -> line("  " + text));
        MethodNotes.unmeasured(m).forEach(text -> line("  " + text));
        line(Table.row("", "p50", "p99", "p99.9", "max"));
        row("wall", m.wall);
        if (m.toCompletion) {
            line("  to its end on whatever threads: self, CPU and stolen time are nobody's to know");
            line("");
            return;
        }
        corrected(m);
        if (m.timeSpent.isAnyNoisy()) {
            row("quiet", m.timeSpent.quiet());
        }
        row("cpu", m.cpu);
        correctedCpu(m);
        if (m.timeSpent.isAnyNoisy()) {
            line("  quiet: " + MethodNotes.share(m.timeSpent.quiet().getTotalCount(), m.timeSpent.quietAmong())
                    + " began while nothing was stolen or throttled");
        }
        m.timeSpent.lines().forEach(text -> line("  " + text));
        m.counters
                .lines(m.wall.getTotalCount(), m.measuredCallees, run.probeCounts())
                .forEach(this::line);
        m.probes.text(mostProbeNs).ifPresent(text -> line("  " + text));
        m.probes.calleesText(mostProbeNs).ifPresent(text -> line("  " + text));
        MethodNotes.incomplete(m, run.vcpus() != null).forEach(text -> line("  " + text));
        line("");
    }

    private static String running(MethodSummary m) {
        return Units.count(m.inFlight) + " still running, the oldest for " + Units.duration(m.oldestInFlightNs);
    }

    /** Of calls that were drawn the number is an estimate. */
    private static String exceptions(MethodSummary m) {
        Long count = m.exceptions;
        if (count == null) {
            return "exceptions unknown";
        }
        if (m.sampled.isDrawn() && count == 0) {
            return "no exception among those drawn";
        }
        return (m.sampled.isDrawn() ? "about " : "") + Units.count(count) + (count == 1 ? " exception" : " exceptions");
    }

    private String stolen(CorrectedTimes corrected, @Nullable Long mostOfRunNs) {
        if (!corrected.isKnown()) {
            return "unknown";
        }
        long stolenNs = corrected.stolenNs();
        long boundNs = corrected.boundNs(mostOfRunNs);
        return Units.duration(stolenNs) + mark(CorrectedTimes.isUncertain(stolenNs, boundNs)) + " ± "
                + Units.duration(boundNs) + " (" + Units.percent(stolenNs, corrected.rawNs()) + ")";
    }

    private String mark(boolean uncertain) {
        anyUncertain |= uncertain;
        return uncertain ? UNCERTAIN : "";
    }

    private void corrected(MethodSummary m) {
        CorrectedTimes corrected = m.corrected;
        if (!corrected.isKnown() || !corrected.isBounded()) {
            row("corrected", corrected.wall);
            return;
        }
        row("corrected", corrected.wall, p -> corrected.isUncertain(m.wall, p, m.uncorrectedCalls));
        row("  at least", corrected.least());
        row("  at most", corrected.most());
    }

    private void correctedCpu(MethodSummary m) {
        PackedHistogram cpu = m.corrected.cpu;
        if (cpu.getTotalCount() > 0) {
            row("cpu-corrected", cpu, p -> CorrectedTimes.mayBeRaw(cpu, p, m.uncorrectedCalls));
        }
    }

    /** An empty histogram is of times that nobody knows: there were calls. */
    private void row(String name, PackedHistogram h) {
        if (h.getTotalCount() == 0) {
            line(Table.row(name, "unknown", UNKNOWN, UNKNOWN, UNKNOWN));
            return;
        }
        row(name, h, p -> false);
    }

    private void row(String name, PackedHistogram h, DoublePredicate isUncertain) {
        String[] values = new String[PERCENTILES.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Units.duration(h.getValueAtPercentile(PERCENTILES[i])) + mark(isUncertain.test(PERCENTILES[i]));
        }
        line(Table.row(name, values));
    }

    private void health(Map<String, Long> counts) {
        if (counts.isEmpty()) {
            line("Health: nothing dropped, clamped, tainted or suppressed.");
        } else {
            line("Health");
        }
        counts.forEach((key, total) -> line("  " + key + ": " + Units.count(total) + meaning(key)));
    }

    private static String meaning(String key) {
        String meaning = RunFigures.meaning(key);
        return meaning.isEmpty() ? "" : " (" + meaning + ")";
    }

    private void files(List<Path> dumps, List<String> notInDumps) {
        line("");
        if (dumps.isEmpty()) {
            line(notInDumps.isEmpty() ? "No dump file was written." : "No dump file is left.");
        }
        for (Path dump : dumps) {
            line("Histograms: " + dump.toAbsolutePath());
        }
        notInDumps.forEach(this::line);
        if (dumps.isEmpty()) {
            return;
        }
        line("Open with: java -jar vperf.jar report FILE, or any HdrHistogram tool.");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
