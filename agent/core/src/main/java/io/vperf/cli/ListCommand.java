package io.vperf.cli;

import io.vperf.attach.RunningJvms;
import io.vperf.attach.RunningJvms.Running;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list}: which JVMs run here, and which of them have vperf. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists the JVMs of this machine that this user may see, and whether vperf measures there. Asks none of them"
                        + " anything.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:listed, be there any or not", "1:this Java runtime cannot list them", "2:wrong usage"})
final class ListCommand implements Callable<Integer> {

    private static final int LONGEST = 80;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        PrintWriter out = command.commandLine().getOut();
        List<Running> running;
        try {
            running = RunningJvms.list();
        } catch (NoClassDefFoundError e) {
            command.commandLine()
                    .getErr()
                    .println("vperf: this Java runtime has no module jdk.attach; run vperf.jar by the java of a JDK");
            return 1;
        }
        if (running.isEmpty()) {
            out.println("no JVM runs here that this user may see");
            return 0;
        }
        out.printf("%10s  %-7s  %s%n", "PID", "vperf", "application");
        for (Running jvm : running) {
            String main = jvm.main().length() > LONGEST ? jvm.main().substring(0, LONGEST) + "…" : jvm.main();
            out.printf("%10d  %-7s  %s%n", jvm.pid(), jvm.withVperf() ? "yes" : "no", main);
        }
        return 0;
    }
}
