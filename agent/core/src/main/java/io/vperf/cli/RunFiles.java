package io.vperf.cli;

import io.vperf.compare.RunSamples;
import io.vperf.export.FileTrouble;
import io.vperf.export.RunHeader;
import io.vperf.export.hlog.HlogReader;
import io.vperf.record.IntervalSnapshot;
import io.vperf.report.RunSummary;
import io.vperf.report.Runs;
import io.vperf.report.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads dump files, and sends each to the run it belongs to: that of its head. */
final class RunFiles {

    private final boolean forComparison;
    private final BiConsumer<RunSummary, IntervalSnapshot> each;
    private final Reading reading;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();
    private boolean incomplete;

    /**
     * @param forComparison whether samples of each method are kept
     * @param each told of every interval, and of the run it was added to
     * @param progress of a person who waits
     */
    RunFiles(boolean forComparison, BiConsumer<RunSummary, IntervalSnapshot> each, Consumer<String> progress) {
        this.forComparison = forComparison;
        this.each = each;
        this.reading = new Reading(progress);
    }

    /** Reads all files that can be read. */
    void read(List<Path> files) {
        reading.begin(files);
        for (Path file : files) {
            Collector collector = new Collector(file);
            try {
                HlogReader.read(file, collector);
            } catch (IOException e) {
                warn(
                        file,
                        "cannot be read: " + reason(file, e)
                                + "; give .hlog files written by vperf, or folders of them");
            }
            if (collector.repeated > 0) {
                warnings.add(new Warning(
                        file.toString(),
                        null,
                        collector.repeated
                                + " intervals were read from another file already and are not counted again"));
            }
        }
        reading.end();
    }

    private static String reason(Path file, IOException e) {
        return Files.isDirectory(file) ? "there is no .hlog file in this folder" : FileTrouble.of(file, e);
    }

    private void warn(Path file, String what) {
        incomplete = true;
        warnings.add(new Warning(file.toString(), null, what));
    }

    /** Those of which anything could be read, as they came; null if none. */
    @Nullable
    Runs runs() {
        List<Runs.Run> all = new ArrayList<>();
        runs.values().forEach(run -> all.add(new Runs.Run(run.summary, run.files)));
        return all.isEmpty() ? null : new Runs(all);
    }

    /** Of each run; empty where they were not wanted. */
    List<RunSamples> samples() {
        List<RunSamples> all = new ArrayList<>();
        runs.values().forEach(run -> all.add(run.samples));
        return forComparison ? all : List.of();
    }

    /** What is wrong with the files, in their order. */
    List<Warning> warnings() {
        return warnings;
    }

    /** Whether anything that was given is not in the report. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** An interval by its times; those of one that ends the JVM may be the same. */
    private record Span(long startMs, long endMs) {}

    private record Run(RunSummary summary, RunSamples samples, List<Path> files, Set<Span> spans) {
        Run(@Nullable RunHeader header) {
            this(new RunSummary(header), new RunSamples(), new ArrayList<>(), new HashSet<>());
        }
    }

    private final class Collector implements HlogReader.Visitor {

        private final Path file;
        private @Nullable Run run;

        /** Intervals of the same run that another file, or this one given before, holds already. */
        int repeated;

        Collector(Path file) {
            this.file = file;
        }

        @Override
        public void run(RunHeader header) {
            String identity = header.host() + " " + header.pid() + " " + header.startedMs();
            Run known = runs.computeIfAbsent(identity, key -> new Run(header));
            if (!known.files.contains(file)) {
                known.files.add(file);
            }
            run = known;
        }

        @Override
        public void interval(IntervalSnapshot snapshot) {
            Run known = known();
            if (!known.spans.add(new Span(snapshot.startMs(), snapshot.endMs()))) {
                repeated++;
                return;
            }
            known.summary.accept(snapshot);
            each.accept(known.summary, snapshot);
            if (forComparison) {
                known.samples.accept(snapshot);
            }
        }

        @Override
        public void end(long endMs) {
            known().summary.finish();
        }

        /** That of the file, which may have lost its header. */
        private Run known() {
            Run known = run;
            if (known == null) {
                known = runs.computeIfAbsent(file.toString(), key -> new Run(null));
                known.files.add(file);
                run = known;
            }
            return known;
        }

        @Override
        public void trouble(Path where, long lineNumber, String what) {
            incomplete = true;
            warnings.add(new Warning(where.toString(), lineNumber, what));
        }

        @Override
        public void foreign(Path where, String what) {
            if (run == null) {
                warn(where, what);
            }
        }

        @Override
        public void progress(long bytes) {
            reading.read(bytes);
        }
    }
}
