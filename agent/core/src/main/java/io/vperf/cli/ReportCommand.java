package io.vperf.cli;

import io.vperf.export.FileTrouble;
import io.vperf.export.RunHeader;
import io.vperf.export.hlog.HlogReader;
import io.vperf.record.IntervalSnapshot;
import io.vperf.report.Printable;
import io.vperf.report.RunSummary;
import io.vperf.report.TextReport;
import io.vperf.report.html.HtmlReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code report FILE…}: what the report at exit says, from dump files. Files of one run are read as one. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Prints the report of dump files; those of one run are added up.")
final class ReportCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            converter = Encodable.class,
            description = "dump files (.hlog) written by vperf, oldest first")
    private List<Path> files = List.of();

    @Option(
            names = "--html",
            paramLabel = "PAGE",
            converter = Encodable.class,
            description = "writes the report as one HTML page to this file, instead of printing it")
    private @Nullable Path html;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, Run> runs = new LinkedHashMap<>();
        PrintWriter err = writer(false);
        HtmlReport page = html == null ? null : new HtmlReport();
        int status = 0;
        for (Path file : files) {
            Collector collector = new Collector(file, runs, err, page);
            try {
                HlogReader.read(file, collector);
                if (!collector.sawAnything) {
                    err.println(
                            "vperf: " + file
                                    + " holds nothing vperf wrote, or was cut within its head; give .hlog files written by vperf");
                    status = 1;
                }
            } catch (IOException e) {
                err.println("vperf: cannot read " + file + ": " + FileTrouble.of(file, e)
                        + "; give .hlog files written by vperf");
                status = 1;
            }
            if (collector.repeated > 0) {
                err.println("vperf: " + file + ": " + collector.repeated
                        + " intervals were read from another file already and are not counted again");
            }
            if (collector.trouble) {
                status = 1;
            }
        }
        if (html != null && page != null) {
            status = Math.max(status, write(html, page, runs.values()));
            err.flush();
            return status;
        }
        PrintWriter out = writer(true);
        for (Run run : runs.values()) {
            out.print(Printable.onStdout(TextReport.of(run.summary, run.files)));
        }
        out.flush();
        err.flush();
        return status;
    }

    private int write(Path file, HtmlReport page, Collection<Run> runs) {
        Map<RunSummary, List<Path>> filesOf = new LinkedHashMap<>();
        runs.forEach(run -> filesOf.put(run.summary, run.files));
        try {
            page.write(file, filesOf);
            return 0;
        } catch (IOException e) {
            writer(false)
                    .println("vperf: cannot write " + file + ": " + FileTrouble.of(file, e)
                            + "; give --html a file that can be written");
            return 1;
        }
    }

    /** What the JVM can hand to the operating system; picocli's own message is the JDK's, which names no remedy. */
    static final class Encodable implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException("this JVM's locale has no code for a character of this path,"
                        + " set LC_ALL=C.UTF-8 for the JVM or use a path in ASCII");
            }
        }
    }

    private PrintWriter writer(boolean out) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command's specification before it calls it");
        }
        return out ? spec.commandLine().getOut() : spec.commandLine().getErr();
    }

    /** An interval by its times; those of one that ends the JVM may be the same. */
    private record Span(long startMs, long endMs) {}

    private record Run(RunSummary summary, List<Path> files, Set<Span> spans) {
        Run(@Nullable RunHeader header) {
            this(new RunSummary(header), new ArrayList<>(), new HashSet<>());
        }
    }

    /** Sends each file to the run it belongs to: that of its header. */
    private static final class Collector implements HlogReader.Visitor {

        private final Path file;
        private final Map<String, Run> runs;
        private final PrintWriter err;
        private final @Nullable HtmlReport page;
        private @Nullable Run run;
        boolean sawAnything;
        boolean trouble;

        /** Intervals of the same run that another file, or this one given before, holds already. */
        int repeated;

        Collector(Path file, Map<String, Run> runs, PrintWriter err, @Nullable HtmlReport page) {
            this.file = file;
            this.runs = runs;
            this.err = err;
            this.page = page;
        }

        @Override
        public void run(RunHeader header) {
            sawAnything = true;
            String identity = header.host() + " " + header.pid() + " " + header.startedMs();
            run = runs.computeIfAbsent(identity, key -> new Run(header));
            run.files.add(file);
        }

        @Override
        public void interval(IntervalSnapshot snapshot) {
            Run known = known();
            if (known.spans.add(new Span(snapshot.startMs(), snapshot.endMs()))) {
                known.summary.accept(snapshot);
                if (page != null) {
                    page.accept(known.summary, snapshot);
                }
            } else {
                repeated++;
            }
        }

        @Override
        public void end(long endMs) {
            known().summary.finish();
        }

        /** That of the file, which may have lost its header. */
        private Run known() {
            sawAnything = true;
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
            trouble = true;
            if (page != null) {
                page.trouble(where + ", line " + lineNumber + ": " + what);
            }
            err.println("vperf: " + where + ", line " + lineNumber + ": " + what);
        }
    }
}
