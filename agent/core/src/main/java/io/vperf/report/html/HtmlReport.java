package io.vperf.report.html;

import io.vperf.export.RunHeader;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.report.MethodFigures;
import io.vperf.report.RunFigures;
import io.vperf.report.RunSummary;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one page of the runs whose intervals it is fed, in any order. Used by one thread. */
public final class HtmlReport {

    private final Map<RunSummary, History> runs = new LinkedHashMap<>();

    /** The methods of all runs together. */
    private final RunSummary all = new RunSummary(null);

    private final Map<String, MethodSeries> methods = new HashMap<>();
    private final Grid grid = new Grid();
    private final List<String> troubles = new ArrayList<>();

    /**
     * Adds an interval.
     *
     * @param run what it was added to already
     */
    public void accept(RunSummary run, IntervalSnapshot snapshot) {
        History history = runs.get(run);
        if (history == null) {
            history = new History();
            runs.put(run, history);
            RunHeader header = new RunFigures(run).header();
            if (header != null) {
                grid.base(header.intervalNs() / 1_000_000);
            }
        }
        grid.add(snapshot.startMs(), snapshot.endMs());
        all.accept(snapshot);
        history.add(snapshot);
        for (MethodInterval m : snapshot.methods()) {
            MethodSeries series = methods.get(m.name());
            if (series == null) {
                series = new MethodSeries(grid);
                methods.put(m.name(), series);
            }
            series.add(snapshot.startMs(), m);
        }
        grid.fit(methods.size());
    }

    /** Something that went wrong while the files were read. */
    public void trouble(String what) {
        troubles.add(what);
    }

    /**
     * Writes the page.
     *
     * @param files what each run was read from
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, Map<RunSummary, List<Path>> files) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            new Page(out).write(title(files), json -> {
                try (PageData data = new PageData(json)) {
                    write(data, files);
                }
            });
        }
    }

    private void write(PageData data, Map<RunSummary, List<Path>> files) throws IOException {
        List<List<long[]>> times = new ArrayList<>();
        for (History history : runs.values()) {
            List<long[]> own = new ArrayList<>();
            history.times(own);
            times.add(own);
        }
        TimeAxis axis = TimeAxis.of(grid, times);
        data.head(axis, troubles);
        data.beginRuns();
        for (Map.Entry<RunSummary, List<Path>> run : files.entrySet()) {
            RunFigures figures = new RunFigures(run.getKey());
            RunHeader header = figures.header();
            History history = runs.getOrDefault(run.getKey(), new History());
            new RunJson(data.json(), axis)
                    .write(
                            figures,
                            run.getValue(),
                            history.pauses(),
                            history.shares(grid, header == null ? null : header.startedMs()));
        }
        data.endRuns();
        List<MethodFigures> sorted = RunFigures.methods(all, List.copyOf(runs.keySet()));
        MethodJson json = new MethodJson(data.json(), axis);
        for (MethodFigures m : sorted) {
            json.write(m, methods.get(m.name()));
        }
    }

    private static String title(Map<RunSummary, List<Path>> files) {
        List<String> names = new ArrayList<>();
        for (RunSummary run : files.keySet()) {
            RunHeader header = new RunFigures(run).header();
            names.add(header == null ? "a run without its head" : "pid " + header.pid() + " on " + header.host());
        }
        return "vperf report: " + String.join(", ", names);
    }
}
