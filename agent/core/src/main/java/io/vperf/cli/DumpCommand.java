package io.vperf.cli;

import io.vperf.Version;
import io.vperf.attach.OtherJvm;
import io.vperf.attach.RefusedException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dump}: has vperf in a running JVM write what it has measured up to now. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description =
                "Has vperf in a running JVM end its interval and write it to the dump now. Prints the dump files of its run, oldest"
                        + " first, a line each; the interval is in the last one. 'report' takes them.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the interval is written", "1:it is not, or vperf is not there", "2:wrong usage"})
final class DumpCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PID",
            converter = Pid.class,
            description = "the process; 'list' names the JVMs of this machine")
    private long pid;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        PrintWriter out = command.commandLine().getOut();
        try {
            new OtherJvm(pid, ThisJar.path(), Version.current()).dump().forEach(out::println);
        } catch (RefusedException e) {
            return Specs.refused(command, e);
        }
        out.flush();
        return 0;
    }
}
