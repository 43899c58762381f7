package io.vperf.cli;

import io.vperf.doctor.Diagnosis;
import io.vperf.doctor.DiagnosisText;
import io.vperf.doctor.Examination;
import io.vperf.doctor.OtherProcess;
import io.vperf.shim.Capability;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code doctor}: what vperf can and cannot measure here, and what to change. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says what vperf can and cannot measure on this machine, why, and what to change. Takes a second,"
                + " needs no privileges, changes nothing.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:there are wall time, CPU time, a source of steal and a folder for dumps",
            "1:one of these is missing, or there is no such process",
            "2:wrong usage"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final Path ROOT = Path.of("/");
    private static final List<String> KEYS = List.of("cpu", "dump", "native", "native-dir", "vmware.library");

    @Option(names = "--json", description = "prints JSON instead of a text")
    private boolean json;

    @Parameters(
            arity = "0..*",
            paramLabel = "PID|KEY=VALUE",
            description = "a process: its cgroups and namespaces; or options of the agent that matter here: cpu, dump,"
                    + " native, native-dir, vmware.library")
    private List<String> arguments = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        if (arguments.size() == 1 && arguments.get(0).matches("\\d{1,10}")) {
            return other(command, Long.parseLong(arguments.get(0)));
        }
        List<String> options = new ArrayList<>(arguments);
        for (String argument : options) {
            if (argument.matches("\\d+")) {
                throw new ParameterException(command.commandLine(), "A PID stands alone: '" + argument + "'");
            }
        }
        Diagnosis diagnosis = Examination.run(ROOT, AgentOptions.read(command, options, KEYS));
        print(command, diagnosis, "what vperf can measure here");
        return diagnosis.isFit() ? 0 : 1;
    }

    private int other(CommandSpec command, long pid) {
        Capability<Diagnosis> examined = OtherProcess.examine(ROOT, pid);
        if (examined instanceof Capability.Unavailable<Diagnosis> none) {
            command.commandLine().getErr().println("vperf: " + none.reason() + "; " + none.remedy());
            return 1;
        }
        print(command, ((Capability.Available<Diagnosis>) examined).value(), "process " + pid);
        return 0;
    }

    private void print(CommandSpec command, Diagnosis diagnosis, String subject) {
        PrintWriter out = command.commandLine().getOut();
        out.print(json ? diagnosis.json() + "\n" : DiagnosisText.of(diagnosis, subject));
        out.flush();
    }
}
