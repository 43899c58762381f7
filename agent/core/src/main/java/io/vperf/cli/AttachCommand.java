package io.vperf.cli;

import io.vperf.Version;
import io.vperf.attach.OtherJvm;
import io.vperf.attach.RefusedException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attach}: starts vperf in a JVM that runs. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = "Starts vperf in a running JVM, as -javaagent would have at its start.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:vperf runs there now; standard error says what of it does not work",
            "1:it does not, or ran there before; wrong options are told by that JVM, and are this, too",
            "2:wrong usage"
        })
final class AttachCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PID",
            converter = Pid.class,
            description = "the process; 'list' names the JVMs of this machine")
    private long pid;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "options of the agent, with spaces or commas between them; quote what has a comma")
    private List<String> options = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        try {
            List<String> told = new OtherJvm(pid, ThisJar.path(), Version.current()).attach(String.join(",", options));
            told.forEach(line -> command.commandLine().getErr().println("vperf: " + line));
        } catch (RefusedException e) {
            return Specs.refused(command, e);
        }
        command.commandLine().getOut().println("vperf runs in process " + pid);
        return 0;
    }
}
