package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The tree of commands, held against its page and its completion. */
class CommandsTest {

    private static final Path PAGE = Path.of("../../docs/commands.md");
    private static final Path BASH = Path.of("/bin/bash");

    /** Those that are for people. */
    private static Stream<CommandLine> commands() {
        return Cli.tree().getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldSayWhatItDoesAndHowItEnds(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        assertThat(String.join("", usage.description())).isNotBlank();
        assertThat(usage.exitCodeListHeading()).isEqualTo("%nExit status:%n");
        assertThat(usage.exitCodeList()).containsKeys("0", "1", "2").containsEntry("2", "wrong usage");
        assertThat(usage.exitCodeList().keySet()).isSubsetOf("0", "1", "2", "3");
        assertThat(command.getCommandSpec().options().stream().filter(option -> !option.hidden()))
                .allSatisfy(option -> assertThat(option.description())
                        .as(option.longestName())
                        .isNotEmpty());
        String help = CliRun.of("help", command.getCommandName()).out();
        assertThat(help).contains("Exit status:", "wrong usage");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldBeOnThePage(CommandLine command) throws IOException {
        assertThat(Files.readString(PAGE)).containsPattern("(?m)^\\|[^|]*`" + command.getCommandName() + "[ `]");
    }

    @Test
    void shouldHaveOnThePageNoCommandOrStatusThatThereIsNot() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        List<String> named = lines.stream()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Stream.of(line.substring(2, line.indexOf(" |")).split(", ")))
                .map(word -> word.replaceAll("`([a-z-]+).*", "$1"))
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        commands().map(CommandLine::getCommandName).toList());
        List<String> statuses = lines.stream()
                .filter(line -> line.matches("\\| \\d \\|.*"))
                .map(line -> line.substring(2, 3))
                .toList();
        assertThat(statuses)
                .containsExactlyElementsOf(Cli.tree()
                        .getCommandSpec()
                        .usageMessage()
                        .exitCodeList()
                        .keySet());
    }

    @Test
    void shouldNameEveryOptionOfTopOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        CommandLine top = Objects.requireNonNull(Cli.tree().getSubcommands().get("top"));
        for (OptionSpec option : top.getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                assertThat(page).containsPattern("`" + option.names()[0] + "[ `]");
            }
        }
        assertThat(Objects.requireNonNull(top.getCommandSpec().findOption("--sort"))
                        .completionCandidates())
                .allSatisfy(column -> assertThat(page).contains("`" + column + "`"));
    }

    @Test
    void shouldPrintItsHelpAndEndWith2WithoutACommand() {
        CliRun run = CliRun.of();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: vperf", "Commands:", "Exit status:");
    }

    @Test
    void shouldRefuseWrongUsageOfTopAndDump() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "top", "PID",
                        "top x", "'x'",
                        "top 1 --sort sideways", "corrected-p99",
                        "top 1 --interval 0", "within 0.1 and 3600",
                        "top 1 --interval NaN", "within 0.1 and 3600",
                        "top 1 --lines 0", "'--lines'",
                        "top 1 -n 0", "'-n'",
                        "top 1 -n 2 --once", "give one of them",
                        "dump", "PID",
                        "dump 1 2", "'2'")
                .entrySet()) {
            CliRun run = CliRun.of(wrong.getKey().split(" "));
            assertThat(run.status()).as(wrong.getKey()).isEqualTo(2);
            assertThat(run.err()).as(wrong.getKey()).startsWith("vperf: ").contains(wrong.getValue());
        }
    }

    @Test
    void shouldNameWhatIsNoNumberAndNoneOfJavasTypes() {
        for (String command : List.of("attach x", "detach x", "dump x", "top x", "top 0", "dump -- -5")) {
            CliRun run = CliRun.of(command.split(" "));
            assertThat(run.status()).as(command).isEqualTo(2);
            assertThat(run.err())
                    .as(command)
                    .contains("(PID): '" + command.replaceAll(".* ", "") + "' is no process: give its number")
                    .doesNotContain("long");
        }
        assertThat(CliRun.of("top", "1", "--interval", "x").err())
                .contains("'--interval'", "'x' is no number: give one such as 1 or 0.5")
                .doesNotContain("double");
        for (List<String> command : List.of(
                List.of("top", "1", "--lines", "x"),
                List.of("top", "1", "-n", "x"),
                List.of("timeserver", "--port", "x"))) {
            assertThat(CliRun.of(command.toArray(String[]::new)).err()).contains("'x' is no whole number");
        }
    }

    @Test
    void shouldListColumnsOnceWhereOneIsWrong() {
        assertThat(CliRun.of("top", "1", "--sort=foo").err().lines())
                .first()
                .asString()
                .endsWith(
                        "'foo' is no column: give one of method, calls, total, p50, p99, max, corrected-p50, corrected-p99,"
                                + " corrected-max, cpu, stolen, running, delay, blocked");
    }

    @Test
    void shouldSayThatThereIsNoSuchProcess() {
        for (String command : List.of("dump", "top")) {
            CliRun run = CliRun.of(command, "2147483647");
            assertThat(run.status()).as(command).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("vperf: there is no process 2147483647; java -jar vperf.jar list names the JVMs");
        }
    }

    /** As bash itself calls the function: by the word typed, which is the alias. */
    @Test
    void shouldCompleteInBash(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(BASH), "there is no " + BASH);
        CliRun script = CliRun.of("generate-completion");
        assertThat(script.status()).isZero();
        Path file = Files.writeString(folder.resolve("completion"), script.out());
        assertThat(completed(file, "vperf", "re")).containsExactly("report");
        assertThat(completed(file, "vperf", "d")).containsExactlyInAnyOrder("doctor", "detach", "dump");
        assertThat(completed(file, "vperf", "top", "--so")).containsExactly("--sort");
        assertThat(completed(file, "vperf", "top", "--sort", "corrected-p9")).containsExactly("corrected-p99");
    }

    private static List<String> completed(Path script, String... words) throws Exception {
        String text = ". " + script + " && complete -p vperf >&2"
                + " && COMP_WORDS=(" + String.join(" ", words) + ") COMP_CWORD=" + (words.length - 1)
                + " COMP_LINE='" + String.join(" ", words) + "' && COMP_POINT=${#COMP_LINE}"
                + " && _complete_vperf; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Path err = script.resolveSibling("err");
        Process bash = new ProcessBuilder(BASH.toString(), "--norc", "-c", text)
                .redirectError(err.toFile())
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).contains("-F _complete_vperf vperf\n");
        return out.lines().map(String::strip).toList();
    }
}
