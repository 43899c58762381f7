package io.vperf.cli;

import io.vperf.Version;
import io.vperf.config.Help;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** The root command. The exit status means the same everywhere; docs/commands.md has a table. */
@Command(
        name = "vperf",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.OwnVersion.class,
        description =
                "Measures methods inside virtual machines, marked @Measured or chosen by patterns, and corrects them for steal.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReportCommand.class,
            DoctorCommand.class,
            CostCommand.class,
            MatchCommand.class,
            ListCommand.class,
            AttachCommand.class,
            DetachCommand.class,
            DumpCommand.class,
            TopCommand.class,
            TimeServerCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class,
            VersionCommand.class,
            TryPseudoCounters.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:not done, or not in full: something could not be read, written or reached",
            "2:wrong usage",
            "3:report --compare: a limit of --fail-on is broken"
        })
public final class Cli {

    private static final String HEADING = "%nExit status:%n";

    private Cli() {}

    /** Called by the launcher; returns the exit status. */
    public static int run(String[] arguments) {
        CommandLine root = tree();
        if (arguments.length == 0) {
            root.usage(root.getErr());
            return 2;
        }
        int status = root.execute(arguments);
        // picocli's writers hide the errors of the stream below them.
        if (System.out.checkError()) {
            root.getErr()
                    .println("vperf: standard output could not be written to its end:"
                            + " the disk is full, or its reader has gone");
            return status == 0 ? 1 : status;
        }
        return status;
    }

    /** All commands. */
    static CommandLine tree() {
        CommandLine root = new CommandLine(new Cli());
        // Not as a picocli footer: that would read its percent signs as formats.
        String agent = "\nAs an agent: java -javaagent:vperf.jar=key=value,… -jar app.jar\n\n" + Help.text();
        CommandLine.IHelpSectionRenderer options = help -> agent;
        // Annotations are written so, too.
        root.setExpandAtFiles(false);
        root.setParameterExceptionHandler(WrongUsage::tell);
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, options);
        root.registerConverter(int.class, Cli::whole).registerConverter(Integer.class, Cli::whole);
        root.registerConverter(double.class, Cli::number);
        tellOfPicoclis(root);
        return root;
    }

    /** picocli's own messages name types of Java's. */
    private static Integer whole(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no whole number (of at most " + Integer.MAX_VALUE + "): give one such as 10");
        }
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no number: give one such as 1 or 0.5");
        }
    }

    /** Commands that picocli brings say less of themselves, or something else. */
    private static void tellOfPicoclis(CommandLine root) {
        Map<String, String> printed = new LinkedHashMap<>();
        printed.put("0", "printed");
        printed.put("1", "standard output could not be written");
        printed.put("2", "wrong usage");
        for (CommandLine command : root.getSubcommands().values()) {
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            if (usage.exitCodeList().isEmpty()) {
                usage.exitCodeListHeading(HEADING).exitCodeList(printed);
            }
            if (command.getCommandName().equals("generate-completion")) {
                usage.description(
                        "Prints a script that completes commands and options in bash and zsh, for a command called vperf:",
                        "  alias vperf='java -jar /PATH/vperf.jar'",
                        "  source <(java -jar /PATH/vperf.jar generate-completion)");
            }
        }
    }

    static final class OwnVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"vperf " + Version.current()};
        }
    }
}
