package io.vperf.cli;

import io.vperf.config.ConfigReader;
import io.vperf.config.Options;
import io.vperf.config.Parsed;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The agent's options as arguments of a command. */
final class AgentOptions {

    private AgentOptions() {}

    /**
     * Reads them, together with what is set in the environment and by system properties.
     *
     * @param keys those that mean anything to the command, as they shall be listed
     */
    static Options read(CommandSpec command, List<String> options, List<String> keys) {
        for (String option : options) {
            int end = option.indexOf('=');
            if (end < 0 || !keys.contains(option.substring(0, end))) {
                throw new ParameterException(
                        command.commandLine(),
                        "Unknown option: '" + option + "'; give "
                                + keys.stream().map(key -> key + "=").collect(Collectors.joining(", "))
                                + ", or nothing");
            }
        }
        Parsed parsed = ConfigReader.ofThisProcess().read(String.join(",", options));
        if (parsed instanceof Parsed.Ok ok) {
            return ok.options();
        }
        List<String> errors = parsed instanceof Parsed.Wrong wrong
                ? wrong.errors()
                : List.of("help is asked for in the environment or a system property");
        throw new ParameterException(command.commandLine(), String.join(System.lineSeparator(), errors));
    }
}
