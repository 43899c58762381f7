package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {

    private final Path temp;

    CliTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void shouldPrintEveryOptionOfTheAgentWithItsHelp() {
        CliRun result = CliRun.of("--help");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Usage: vperf", "-javaagent:vperf.jar", "interval", "dump", "%p");
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(CliRun.of("--version"))
                .isEqualTo(new CliRun(0, "vperf " + Version.current() + System.lineSeparator(), ""));
    }

    @Test
    void shouldFailWhereItsOutputCannotBeWritten() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full");
        for (String[] arguments :
                new String[][] {{"report", GoldenDump.to(temp.resolve("a.hlog")).toString()}, {"--help"}, {"--version"}
                }) {
            try (OutputStream out = Files.newOutputStream(full)) {
                CliRun result = CliRun.to(out, arguments);
                assertThat(result.status()).as(arguments[0]).isEqualTo(1);
                assertThat(result.err()).startsWith("vperf: standard output could not be written to its end: ");
            }
        }
    }

    @Test
    void shouldTakeHelpAndVersionAsWords() {
        assertThat(CliRun.of("help")).isEqualTo(CliRun.of("--help"));
        assertThat(CliRun.of("help", "report")).isEqualTo(CliRun.of("report", "--help"));
        assertThat(CliRun.of("version")).isEqualTo(CliRun.of("--version"));
        assertThat(CliRun.of("help").out()).contains("interval=TIME");
    }

    /** The whole help would hide them. */
    @Test
    void shouldNameWhatIsWrongAndTheRemedyInTwoLines() {
        String nl = System.lineSeparator();
        assertThat(CliRun.of("reprot", "x"))
                .isEqualTo(new CliRun(
                        2,
                        "",
                        "vperf: no such command: 'reprot'; there are: report, doctor, cost, match, list, attach, detach, dump, top,"
                                + " timeserver, generate-completion, help, version"
                                + nl + "vperf: for help: java -jar vperf.jar --help" + nl));
        assertThat(CliRun.of("a.hlog").err())
                .startsWith("vperf: no such command: 'a.hlog'; did you mean report 'a.hlog'?");
        assertThat(CliRun.of("help", "reprot")).isEqualTo(CliRun.of("reprot"));
        assertThat(CliRun.of("detach", "0").status()).isEqualTo(2);
        assertThat(CliRun.of("detach", "0").err()).contains("'0' is no process: give its number");
        assertThat(CliRun.of("cost", "--jsn").err())
                .isEqualTo("vperf: Unknown option: '--jsn'; did you mean --json?" + nl
                        + "vperf: for help: java -jar vperf.jar cost --help" + nl);
        for (String wrong : new String[] {"report", "--verison", "report --no-such x", "help me", "version x"}) {
            CliRun result = CliRun.of(wrong.split(" "));
            assertThat(result.status()).as(wrong).isEqualTo(2);
            assertThat(result.out()).as(wrong).isEmpty();
            assertThat(result.err().lines()).as(wrong).hasSize(2);
        }
    }

    @Test
    void shouldFailWithStatus2ForWrongUsage() {
        assertThat(CliRun.of("reprot").status()).isEqualTo(2);
        assertThat(CliRun.of("reprot").err()).contains("reprot");
        assertThat(CliRun.of("report").status()).isEqualTo(2);
        assertThat(CliRun.of("report").err()).contains("FILE");
        assertThat(CliRun.of("report", "--no-such-option", "x").status()).isEqualTo(2);
    }

    /** As every other line of vperf's. */
    @Test
    void shouldBeginEveryErrorWithItsName() {
        for (String wrong : new String[] {
            "reprot x",
            "--no-such-option",
            "report",
            "report --no-such-option x",
            "cost cpu=zz",
            "cost --jsn",
            "cost dump=x"
        }) {
            assertThat(CliRun.of(wrong.split(" ")).err()).as(wrong).startsWith("vperf: ");
        }
        assertThat(CliRun.of("cost", "cpu=sundial", "wall=hourglass").err().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("vperf: "));
    }

    @Test
    void shouldRefuseToMeasureCostsWithWrongOptions() {
        assertThat(CliRun.of("cost", "--jsn").status()).isEqualTo(2);
        assertThat(CliRun.of("cost", "dump=x").err())
                .contains("Unknown option: 'dump=x'", "java -jar vperf.jar cost --help");
        CliRun wrong = CliRun.of("cost", "cpu=sundial", "wall=hourglass");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err())
                .contains(
                        "cpu='sundial'", "accepted: auto, rseq", "wall='hourglass'", "java -jar vperf.jar cost --help");
    }

    @Test
    void shouldExplainHowCostsAreMeasured() {
        CliRun help = CliRun.of("cost", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("--json", "cpu=WORD");
    }
}
