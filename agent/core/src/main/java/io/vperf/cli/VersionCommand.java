package io.vperf.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}: the same as {@code --version}. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.OwnVersion.class,
        description = "Prints the version.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:printed", "1:standard output could not be written", "2:wrong usage"})
final class VersionCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec command = Specs.of(spec);
        PrintWriter out = command.commandLine().getOut();
        command.commandLine().printVersionHelp(out);
        out.flush();
    }
}
