package io.vperf.cli;

import io.vperf.config.Options;
import io.vperf.cost.CostReport;
import io.vperf.cost.CostTable;
import io.vperf.cost.Measurement;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cost}: what readings and measured calls cost on this machine, as PAPI's {@code papi_cost} tells. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description = "Measures what each reading and a whole measured call cost on this machine. Takes 5 to 10 s.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:measured", "1:standard output could not be written", "2:wrong usage"})
final class CostCommand implements Callable<Integer> {

    private static final List<String> KEYS = List.of("cpu", "wall", "native", "native-dir");

    @Option(names = "--json", description = "prints JSON instead of a table")
    private boolean json;

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "options of the agent: cpu, wall, native, native-dir; "
                    + " cpu=WORD measures that CPU clock only, beside cpu=off and the readings they are made of")
    private List<String> options = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        Options wanted = AgentOptions.read(command, options, KEYS);
        PrintWriter err = command.commandLine().getErr();
        Consumer<String> progress = Terminal.isThere()
                ? Terminal.progress(err)
                : next -> {
                    // for people who wait
                };
        CostReport report = Measurement.run(wanted, progress);
        progress.accept("");
        PrintWriter out = command.commandLine().getOut();
        out.print(json ? report.json() + "\n" : CostTable.of(report));
        out.flush();
        return 0;
    }
}
