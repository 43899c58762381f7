package io.vperf.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a wrong command line: what is wrong, what was probably meant, and where the whole help is. */
final class WrongUsage {

    /** Picocli's own command has its own words. */
    private static final String OF_HELP = "Unknown subcommand";

    private WrongUsage() {}

    /** Returns the exit status. */
    static int tell(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        what(wrong).lines().forEach(line -> err.println("vperf: " + line));
        err.println("vperf: for help: java -jar vperf.jar" + path(command) + " --help");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String what(ParameterException wrong) {
        String message = String.valueOf(wrong.getMessage());
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return message.startsWith(OF_HELP) ? noCommand(wrong.getValue(), wrong.getCommandLine()) : message;
        }
        if (wrong.getCommandLine().getParent() != null || unmatched.isUnknownOption()) {
            List<String> suggested = unmatched.getSuggestions();
            return suggested.isEmpty() ? message : message + "; did you mean " + String.join(" or ", suggested) + "?";
        }
        return noCommand(unmatched.getUnmatched().get(0), wrong.getCommandLine());
    }

    private static String noCommand(String word, CommandLine root) {
        String known = root.getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return "no such command: '" + word + "'; "
                + (word.toLowerCase(Locale.ROOT).endsWith(".hlog")
                        ? "did you mean report '" + word + "'?"
                        : "there are: " + known);
    }

    /** The words that lead to a command, each after a blank; none for the root. */
    private static String path(CommandLine command) {
        CommandLine parent = command.getParent();
        return parent == null ? "" : path(parent) + " " + command.getCommandName();
    }
}
