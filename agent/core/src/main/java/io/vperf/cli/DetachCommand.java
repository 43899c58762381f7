package io.vperf.cli;

import io.vperf.Version;
import io.vperf.attach.OtherJvm;
import io.vperf.attach.RefusedException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code detach}: has vperf leave a JVM that runs on. */
@Command(
        name = "detach",
        mixinStandardHelpOptions = true,
        description =
                "Has vperf leave a running JVM: the last interval and the report are written, every class gets the code back"
                        + " that it came with, and vperf's threads end.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:vperf has left",
            "1:it has not, or not in full, or intervals are lost, or it was not there",
            "2:wrong usage"
        })
final class DetachCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "PID", converter = Pid.class, description = "the process")
    private long pid;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        try {
            new OtherJvm(pid, ThisJar.path(), Version.current()).detach();
        } catch (RefusedException e) {
            return Specs.refused(command, e);
        }
        command.commandLine().getOut().println("vperf has left process " + pid);
        return 0;
    }
}
