package io.vperf.cli;

import io.vperf.compare.Comparison;
import io.vperf.compare.ComparisonJson;
import io.vperf.compare.ComparisonText;
import io.vperf.compare.Limit;
import io.vperf.export.FileTrouble;
import io.vperf.record.IntervalSnapshot;
import io.vperf.report.CsvReport;
import io.vperf.report.JsonReport;
import io.vperf.report.Printable;
import io.vperf.report.RunSummary;
import io.vperf.report.Runs;
import io.vperf.report.TextReport;
import io.vperf.report.Warning;
import io.vperf.report.html.HtmlReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code report FILE…}: what the report at exit says, from dump files, of one run or added up over several; or two compared. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Prints the report of dump files. Those of one run are read as one; methods of several runs, of any"
                        + " JVMs and hosts, are added up.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:something could not be read or written, or a limit could not be checked",
            "2:wrong usage",
            "3:a limit of --fail-on is broken"
        })
final class ReportCommand implements Callable<Integer> {

    private static final int INCOMPLETE = 1;
    private static final int LIMIT_BROKEN = 3;

    @Option(names = "--json", description = "prints JSON instead of a text")
    private boolean json;

    @Option(names = "--csv", description = "prints a line of comma-separated values for each method")
    private boolean csv;

    @Option(
            names = "--compare",
            description = "holds two runs, or sets of runs, against each other: A and B are a file, a folder, a pattern"
                    + " in quotes, or several of these in quotes")
    private boolean compare;

    @Option(
            names = "--fail-on",
            paramLabel = "LIMIT",
            description =
                    "with --compare: ends with status 3 where a method breaks it, such as 'corrected-p99>+10%%' or"
                            + " 'cpu-mean>+2ms'; may be given several times")
    private List<String> failOn = List.of();

    @Option(
            names = "--html",
            paramLabel = "PAGE",
            converter = Encodable.class,
            description = "writes the report as one HTML page to this file, instead of printing it")
    private @Nullable Path html;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "dump files (.hlog, .hlog.gz) written by vperf, or folders of them")
    private List<String> files = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (json && csv) {
            throw wrong("--json and --csv are two formats: give one of them");
        }
        if (html != null && (json || csv || compare)) {
            throw wrong("--html writes a page of its own: give it without --json, --csv and --compare");
        }
        if (!compare && !failOn.isEmpty()) {
            throw wrong("--fail-on is of a change: give --compare A B, too");
        }
        return compare ? compare() : report();
    }

    private int report() {
        HtmlReport page = html == null ? null : new HtmlReport();
        List<Path> paths = paths(files);
        PageFile file = html == null ? null : new PageFile(html);
        if (file != null && html != null) {
            try {
                check(html, file.refusal(paths));
            } catch (IOException e) {
                return cannotWrite(html, e);
            }
        }
        RunFiles read = read(paths, false, page == null ? ReportCommand::ignore : page::accept);
        tell(read.warnings());
        Runs runs = read.runs();
        if (html != null && file != null && page != null) {
            read.warnings().forEach(warning -> page.trouble(warning.text()));
            try {
                file.write(out -> page.write(out, runs));
            } catch (IOException e) {
                return cannotWrite(html, e);
            }
            return read.isIncomplete() ? INCOMPLETE : 0;
        }
        if (runs != null) {
            print(json ? JsonReport.of(runs, read.warnings()) : csv ? CsvReport.of(runs) : TextReport.of(runs));
        } else if (json) {
            print(JsonReport.ofNothing(read.warnings()));
        }
        return read.isIncomplete() ? INCOMPLETE : 0;
    }

    private void check(Path file, @Nullable String refusal) {
        if (refusal != null) {
            throw wrong("--html '" + file + "' " + refusal
                    + ", and would be lost: name the page to be written first, as in --html page.html FILE…");
        }
    }

    private int cannotWrite(Path file, IOException e) {
        error("cannot write " + file + ": " + FileTrouble.ofWriting(file, e)
                + "; give --html a file that can be written");
        return INCOMPLETE;
    }

    private static void ignore(RunSummary run, IntervalSnapshot snapshot) {}

    private int compare() {
        if (csv) {
            throw wrong("--compare has no --csv: give --json for programs");
        }
        if (files.size() != 2) {
            throw wrong("--compare wants two, A and B, and was given " + files.size()
                    + "; several files of one of them stand in quotes, as 'a1.hlog a2.hlog' or 'a*.hlog'");
        }
        List<Limit> limits = limits();
        RunFiles a = read(paths(files.subList(0, 1)), true, ReportCommand::ignore);
        RunFiles b = read(paths(files.subList(1, 2)), true, ReportCommand::ignore);
        List<Warning> warnings = new ArrayList<>(a.warnings());
        warnings.addAll(b.warnings());
        tell(warnings);
        Runs runsOfA = a.runs();
        Runs runsOfB = b.runs();
        if (runsOfA == null || runsOfB == null) {
            error("there is nothing to compare: no run could be read from "
                    + (runsOfA == null ? "A, '" + files.get(0) : "B, '" + files.get(1)) + "'");
            return INCOMPLETE;
        }
        Comparison comparison = new Comparison(runsOfA, a.samples(), runsOfB, b.samples(), limits);
        print(json ? ComparisonJson.of(comparison, warnings) : ComparisonText.of(comparison));
        if (comparison.isAnyLimitBroken()) {
            error("a limit of --fail-on is broken");
            return LIMIT_BROKEN;
        }
        if (comparison.isAnyLimitUnchecked()) {
            error("a limit of --fail-on could not be checked, as the figure is unknown");
            return INCOMPLETE;
        }
        return a.isIncomplete() || b.isIncomplete() ? INCOMPLETE : 0;
    }

    private List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String text : failOn) {
            try {
                limits.add(Limit.parse(text));
            } catch (IllegalArgumentException e) {
                wrong.add("--fail-on " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw wrong(String.join("\n", wrong));
        }
        return limits;
    }

    private List<Path> paths(List<String> words) {
        try {
            return DumpPaths.of(words);
        } catch (TypeConversionException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private RunFiles read(List<Path> paths, boolean forComparison, BiConsumer<RunSummary, IntervalSnapshot> each) {
        Consumer<String> progress = Terminal.isThere()
                ? Terminal.progress(command().commandLine().getErr())
                : next -> {
                    // for people who wait
                };
        RunFiles read = new RunFiles(forComparison, each, progress);
        read.read(paths);
        return read;
    }

    private void tell(List<Warning> warnings) {
        warnings.forEach(warning -> error(warning.text()));
    }

    private void error(String text) {
        PrintWriter err = command().commandLine().getErr();
        err.println("vperf: " + text);
        err.flush();
    }

    /** JSON and CSV are what they are; a text is made printable. */
    private void print(String text) {
        PrintWriter out = command().commandLine().getOut();
        out.print(json || csv ? text : Printable.onStdout(text));
        out.flush();
    }

    /** What the JVM can hand to the operating system; picocli's own message is the JDK's, which names no remedy. */
    static final class Encodable implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            if (text.isEmpty()) {
                throw new TypeConversionException("it is empty: name the page to be written, such as page.html");
            }
            return DumpPaths.path(text);
        }
    }

    private CommandSpec command() {
        return Specs.of(spec);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command().commandLine(), what);
    }
}
