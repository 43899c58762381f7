package io.vperf.cli;

import io.vperf.attach.RefusedException;
import io.vperf.top.Column;
import io.vperf.top.Order;
import io.vperf.top.Top;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code top}: the methods of a running JVM in a table that follows it. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the methods of a running JVM that has vperf, by its latest interval: a table on a terminal, drawn anew when an"
                    + " interval ends; elsewhere a table for each interval, one below another.",
            "On a terminal q ends it, < and > (or arrows) choose the column to sort by, r reverses, a shows all since the start or the"
                    + " latest interval."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:ended by the user, or all tables printed; as plain text Ctrl-C ends it with 130, SIGTERM with 143",
            "1:that JVM cannot be looked at, or has ended",
            "2:wrong usage"
        })
final class TopCommand implements Callable<Integer> {

    private static final double LEAST_S = 0.1;
    private static final double MOST_S = 3600;
    private static final double MS = 1e3;

    @Parameters(
            index = "0",
            paramLabel = "PID",
            converter = Pid.class,
            description = "the process; 'list' names the JVMs of this machine")
    private long pid;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "how often to look whether an interval has ended there, 0.1 to 3600; no interval ends for it. Default:"
                            + " ${DEFAULT-VALUE}")
    private double intervalS;

    @Option(
            names = "--sort",
            paramLabel = "COLUMN",
            converter = Sortable.class,
            defaultValue = "total",
            description = "by what: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Column sort = Column.TOTAL;

    @Option(names = "--reverse", description = "smallest first, or names from Z")
    private boolean reverse;

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "so many methods at most. Default: what the terminal has room for, or all")
    private @Nullable Integer lines;

    @Option(names = "--all", description = "all since the start, or the last reset, instead of the latest interval")
    private boolean all;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "COUNT",
            description = "prints so many tables as plain text, also on a terminal")
    private @Nullable Integer count;

    @Option(names = "--once", description = "the same as -n 1: what is known now")
    private boolean once;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        check(command);
        Integer tables = once ? Integer.valueOf(1) : count;
        PrintWriter out = command.commandLine().getOut();
        Top top = new Top(
                pid,
                new Order(sort, reverse),
                all,
                Math.round(intervalS * MS),
                lines == null ? Integer.MAX_VALUE : lines);
        try {
            if (tables == null && Terminal.isThere()) {
                onTerminal(command, top, out);
            } else {
                top.plain(Terminal.isThere(), tables, out, System.out);
            }
        } catch (RefusedException e) {
            return Specs.refused(command, e);
        }
        return 0;
    }

    /** One that cannot be driven gets plain tables. */
    private static void onTerminal(CommandSpec command, Top top, PrintWriter out) throws RefusedException {
        try {
            top.onTerminal(out);
        } catch (IOException e) {
            PrintWriter err = command.commandLine().getErr();
            err.println("vperf: the terminal cannot be used (" + e.getMessage() + "), so tables follow as plain text");
            err.flush();
            top.plain(false, null, out, System.out);
        }
    }

    private void check(CommandSpec command) {
        if (!(intervalS >= LEAST_S && intervalS <= MOST_S)) {
            throw wrong(command, "--interval", intervalS + " is not within 0.1 and 3600 seconds");
        }
        if (lines != null && lines < 1) {
            throw wrong(command, "--lines", lines + " is less than 1");
        }
        if (count != null && count < 1) {
            throw wrong(command, "-n", count + " is less than 1");
        }
        if (count != null && once) {
            throw wrong(command, "-n", "--once is given, too, which means -n 1: give one of them");
        }
    }

    /** By the words of the help; picocli would take and list those of the source, too. */
    static final class Sortable implements ITypeConverter<Column> {
        @Override
        public Column convert(String text) {
            for (Column column : Column.values()) {
                if (column.toString().equalsIgnoreCase(text)) {
                    return column;
                }
            }
            throw new TypeConversionException("'" + text + "' is no column: give one of "
                    + Stream.of(Column.values()).map(Column::toString).collect(Collectors.joining(", ")));
        }
    }

    private static ParameterException wrong(CommandSpec command, String option, String why) {
        return new ParameterException(command.commandLine(), "Invalid value for option '" + option + "': " + why);
    }
}
