package io.vperf.cli;

import io.vperf.config.Options;
import io.vperf.match.MatchText;
import io.vperf.match.Matches;
import io.vperf.match.Matching;
import io.vperf.select.MethodPattern;
import io.vperf.select.Selection;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code match}: what {@code include=} would measure of an application, without running it. */
@Command(
        name = "match",
        mixinStandardHelpOptions = true,
        description =
                "Lists the methods of an application that would be measured with include=PATTERN, and those marked"
                        + " @Measured, without running anything. Each line is a pattern of its own.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the patterns bring methods to be measured, and everything could be read",
            "1:they bring none, or something could not be read",
            "2:wrong usage"
        })
final class MatchCommand implements Callable<Integer> {

    private static final int MOST_NAMED = 3;
    private static final List<String> KEYS = List.of("include", "exclude", "trivial", "max-matched");

    @Option(names = "--json", description = "prints JSON instead of a list")
    private boolean json;

    @Option(names = "--verbose", description = "says which pattern brings a method, and what is left out and why")
    private boolean verbose;

    @Parameters(
            index = "0",
            paramLabel = "PATTERN",
            description = "patterns as of include=, with ; between them, in quotes for the shell")
    private String patterns = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE|KEY=VALUE",
            description =
                    "the application: jars (Spring Boot's too), folders, class files, or a class path of these, in its"
                            + " order; or options of the agent that matter here: exclude, trivial, max-matched")
    private List<String> arguments = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        List<String> given = new ArrayList<>(List.of("include='" + patterns.replace("'", "''") + "'"));
        List<Path> files = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals > 0 && KEYS.contains(argument.substring(0, equals))) {
                given.add(argument.substring(0, equals + 1) + "'"
                        + argument.substring(equals + 1).replace("'", "''") + "'");
            } else {
                addFiles(command, argument, files);
            }
        }
        Options options = AgentOptions.read(command, given, KEYS);
        if (options.include().isEmpty() || files.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    options.include().isEmpty()
                            ? "The pattern is empty; give one such as 'com.acme.**'"
                            : "Missing the application: give its jars, folders or class path");
        }
        Selection selection = new Selection(options.include(), options.exclude(), options.trivial());
        Matches matches = Matching.of(selection, files);
        Map<String, Integer> overLimit = MatchText.overLimit(matches, options.maxMatched());
        PrintWriter out = command.commandLine().getOut();
        out.print(json ? MatchText.json(matches, overLimit) + "\n" : MatchText.of(matches, verbose));
        out.flush();
        List<MethodPattern> idle = matches.idle(options.include());
        PrintWriter err = command.commandLine().getErr();
        idle.forEach(pattern -> err.println("vperf: the pattern '" + pattern + "' brings no method" + pattern.hint()
                + (matches.leftOut().isEmpty() || verbose ? "" : " (--verbose says what is left out)")));
        matches.idleExcluding(options.exclude())
                .forEach(pattern -> err.println("vperf: exclude: the pattern '" + pattern
                        + "' keeps no method from being measured" + pattern.hint()));
        tell(err, matches, overLimit, options);
        boolean any = idle.size() < options.include().all().size();
        return any && matches.unreadable().isEmpty() ? 0 : 1;
    }

    private static void tell(PrintWriter err, Matches matches, Map<String, Integer> overLimit, Options options) {
        matches.unreadable().forEach(line -> err.println("vperf: cannot read " + line));
        overLimit.forEach(
                (pattern, count) -> err.println(
                        "vperf: the pattern '" + pattern + "' brings " + count
                                + " methods, more than max-matched=" + options.maxMatched()
                                + ": only those whose classes are loaded first are measured; narrow it, exclude some, or raise max-matched"));
        if (matches.measured().size() > options.maxMethods()) {
            err.println("vperf: " + matches.measured().size() + " methods are more than methods=" + options.maxMethods()
                    + " allows; the rest is not measured");
        }
        List<String> missing = matches.missing();
        if (!missing.isEmpty()) {
            int named = Math.min(MOST_NAMED, missing.size());
            err.println("vperf: patterns with a + may miss classes, as these files lack supertypes: "
                    + String.join(", ", missing.subList(0, named))
                    + (missing.size() > named ? " and " + (missing.size() - named) + " others" : "")
                    + "; give the jars that have them, too");
        }
        err.flush();
    }

    /** A file, or a class path of files, in which {@code folder/*} are the jars of a folder. */
    private static void addFiles(CommandSpec command, String argument, List<Path> files) {
        try {
            if (Files.exists(Path.of(argument))) {
                files.add(Path.of(argument));
                return;
            }
            for (String one : argument.split(File.pathSeparator, -1)) {
                if (one.endsWith("/*")) {
                    addJars(Path.of(one.substring(0, one.length() - 2)), files);
                } else if (!one.isEmpty()) {
                    files.add(Path.of(one));
                }
            }
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "'" + argument
                            + "': this JVM's locale has no code for a character of this path, set LC_ALL=C.UTF-8");
        }
    }

    private static void addJars(Path folder, List<Path> files) {
        try (Stream<Path> jars = Files.list(folder)) {
            files.addAll(jars.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            files.add(folder); // said where it is read
        }
    }
}
