package io.vperf.report;

import io.vperf.health.Trouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The report on a terminal: at exit, and from dump files. */
public final class TextReport {

    private final StringBuilder out = new StringBuilder();

    private TextReport() {}

    /**
     * The whole report of one run, ending with a new line.
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
        return of(new Runs(List.of(new Runs.Run(run, dumps, notInDumps))));
    }

    /** The whole report, ending with a new line. */
    public static String of(Runs runs) {
        TextReport report = new TextReport();
        HeadText.of(runs).forEach(report::line);
        if (runs.intervals() == 0) {
            report.line("No complete interval was found.");
        } else {
            MethodText.of(runs.methods(), runs.surroundings()).forEach(report::line);
            for (Runs.Run run : runs.list()) {
                report.surroundings(run, runs.isOne());
            }
        }
        report.files(runs.list());
        return report.out.toString();
    }

    /** What is of one JVM or machine, and is added to no other's. */
    private void surroundings(Runs.Run run, boolean only) {
        RunSummary summary = run.summary();
        if (!only) {
            line("Around " + run.name() + HeadText.period(summary));
            if (summary.intervals() == 0) {
                line("No complete interval was found.");
                line("");
                return;
            }
        }
        StealText.of(summary).forEach(this::line);
        ThrottleText.of(summary.throttled()).forEach(this::line);
        summary.pauses().lines().forEach(this::line);
        NetworkText.of(summary.network()).forEach(this::line);
        VmwareText.of(summary.vmware()).forEach(this::line);
        OutsideText.of(summary.outside()).forEach(this::line);
        health(summary.health());
        if (!only) {
            line("");
        }
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
        for (Trouble kind : Trouble.values()) {
            if (kind.key().equals(key)) {
                return " (" + kind.meaning() + ")";
            }
        }
        return ""; // counted by a newer vperf
    }

    private void files(List<Runs.Run> runs) {
        if (runs.size() == 1) {
            line("");
        }
        boolean any = false;
        for (Runs.Run run : runs) {
            if (run.files().isEmpty()) {
                line(run.notInDumps().isEmpty() ? "No dump file was written." : "No dump file is left.");
            }
            for (Path dump : run.files()) {
                any = true;
                line("Histograms: " + dump.toAbsolutePath());
            }
            run.notInDumps().forEach(this::line);
        }
        if (any) {
            line("Open with: java -jar vperf.jar report FILE, or any HdrHistogram tool.");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
