package io.vperf.report.html;

import io.vperf.export.RunHeader;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.report.MethodFigures;
import io.vperf.report.RunFigures;
import io.vperf.report.RunSummary;
import io.vperf.report.Runs;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one page of the runs whose intervals it is fed, in any order. Used by one thread. */
public final class HtmlReport {

    private final Map<RunSummary, History> runs = new LinkedHashMap<>();

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
        // Before anything is put into a cell that may be a year away from those before.
        grid.fit(methods.size());
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
     * @param out stays open
     * @param all of which the intervals are; null if there is none
     * @throws IOException if it cannot be written
     */
    public void write(Writer out, @Nullable Runs all) throws IOException {
        List<Runs.Run> listed = all == null ? List.of() : all.list();
        new Page(out).write(title(listed), json -> {
            try (PageData data = new PageData(json)) {
                write(data, listed, all == null ? List.of() : all.figures());
            }
        });
    }

    private void write(PageData data, List<Runs.Run> listed, List<MethodFigures> sorted) throws IOException {
        List<List<long[]>> times = new ArrayList<>();
        for (History history : runs.values()) {
            List<long[]> own = new ArrayList<>();
            history.times(own);
            times.add(own);
        }
        TimeAxis axis = TimeAxis.of(grid, times);
        data.head(axis, troubles);
        data.beginRuns();
        for (Runs.Run run : listed) {
            RunFigures figures = new RunFigures(run.summary());
            RunHeader header = figures.header();
            History history = runs.getOrDefault(run.summary(), new History());
            new RunJson(data.json(), axis)
                    .write(
                            figures,
                            run.files(),
                            history.pauses(),
                            history.shares(grid, header == null ? null : header.startedMs()));
        }
        data.endRuns();
        MethodJson json = new MethodJson(data.json(), axis);
        for (MethodFigures m : sorted) {
            json.write(m, methods.get(m.name()));
        }
    }

    private static String title(List<Runs.Run> listed) {
        List<String> names = new ArrayList<>();
        for (Runs.Run run : listed) {
            RunHeader header = new RunFigures(run.summary()).header();
            names.add(header == null ? "a run without its head" : run.name());
        }
        return "vperf report: " + String.join(", ", names);
    }
}
