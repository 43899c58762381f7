package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {

    private final Path temp;

    CliTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private record Result(int status, String out, String err) {}

    private static Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Result result = runTo(out, arguments);
        return new Result(result.status(), out.toString(StandardCharsets.UTF_8), result.err());
    }

    private static Result runTo(OutputStream out, String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = Cli.run(arguments);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
        return new Result(status, "", err.toString(StandardCharsets.UTF_8));
    }

    /** A copy of the file that stands for format version 1. */
    private Path golden(String name) throws IOException {
        Path file = temp.resolve(name);
        try (InputStream in = Objects.requireNonNull(
                CliTest.class.getResourceAsStream("/io/vperf/export/hlog/golden-version-1.hlog"))) {
            Files.copy(in, file);
        }
        return file;
    }

    @Test
    void shouldShowItsUsageAndFailWithoutArguments() {
        Result result = run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Usage: vperf", "report");
    }

    @Test
    void shouldPrintEveryOptionOfTheAgentWithItsHelp() {
        Result result = run("--help");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("Usage: vperf", "-javaagent:vperf.jar", "interval", "dump", "%p");
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(run("--version"))
                .isEqualTo(new Result(0, "vperf " + Version.current() + System.lineSeparator(), ""));
    }

    @Test
    void shouldFailWhereItsOutputCannotBeWritten() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full");
        for (String[] arguments : new String[][] {{"report", golden("a.hlog").toString()}, {"--help"}, {"--version"}}) {
            try (OutputStream out = Files.newOutputStream(full)) {
                Result result = runTo(out, arguments);
                assertThat(result.status()).as(arguments[0]).isEqualTo(1);
                assertThat(result.err()).startsWith("vperf: standard output could not be written to its end: ");
            }
        }
    }

    @Test
    void shouldTakeHelpAndVersionAsWords() {
        assertThat(run("help")).isEqualTo(run("--help"));
        assertThat(run("help", "report")).isEqualTo(run("report", "--help"));
        assertThat(run("version")).isEqualTo(run("--version"));
        assertThat(run("help").out()).contains("interval=TIME");
    }

    /** The whole help would hide them. */
    @Test
    void shouldNameWhatIsWrongAndTheRemedyInTwoLines() {
        String nl = System.lineSeparator();
        assertThat(run("reprot", "x"))
                .isEqualTo(new Result(
                        2,
                        "",
                        "vperf: no such command: 'reprot'; there are: report, cost, help, version" + nl
                                + "vperf: for help: java -jar vperf.jar --help" + nl));
        assertThat(run("a.hlog").err()).startsWith("vperf: no such command: 'a.hlog'; did you mean report 'a.hlog'?");
        assertThat(run("cost", "--jsn").err())
                .isEqualTo("vperf: Unknown option: '--jsn'; did you mean --json?" + nl
                        + "vperf: for help: java -jar vperf.jar cost --help" + nl);
        for (String wrong : new String[] {"report", "--verison", "report --no-such x", "help me", "version x"}) {
            Result result = run(wrong.split(" "));
            assertThat(result.status()).as(wrong).isEqualTo(2);
            assertThat(result.out()).as(wrong).isEmpty();
            assertThat(result.err().lines()).as(wrong).hasSize(2);
        }
    }

    @Test
    void shouldFailWithStatus2ForWrongUsage() {
        assertThat(run("reprot").status()).isEqualTo(2);
        assertThat(run("reprot").err()).contains("reprot");
        assertThat(run("report").status()).isEqualTo(2);
        assertThat(run("report").err()).contains("FILE");
        assertThat(run("report", "--no-such-option", "x").status()).isEqualTo(2);
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
            assertThat(run(wrong.split(" ")).err()).as(wrong).startsWith("vperf: ");
        }
        assertThat(run("cost", "cpu=sundial", "wall=hourglass").err().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("vperf: "));
    }

    @Test
    void shouldRefuseToMeasureCostsWithWrongOptions() {
        assertThat(run("cost", "--jsn").status()).isEqualTo(2);
        assertThat(run("cost", "dump=x").err()).contains("Unknown option: 'dump=x'", "java -jar vperf.jar cost --help");
        Result wrong = run("cost", "cpu=sundial", "wall=hourglass");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err())
                .contains(
                        "cpu='sundial'", "accepted: auto, rseq", "wall='hourglass'", "java -jar vperf.jar cost --help");
    }

    @Test
    void shouldExplainHowCostsAreMeasured() {
        Result help = run("cost", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("--json", "cpu=WORD");
    }

    @Test
    void shouldPrintTheReportOfADump() throws IOException {
        Path file = golden("a.hlog");
        Result result = run("report", file.toString());

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(
                        "2 intervals, 10.0 s, pid 4711 on box-1",
                        "shop.Order.total(long[],java.lang.String)",
                        "Größe, a b")
                .contains("Histograms: " + file.toAbsolutePath());
    }

    /** As rotation writes them, whose names do not sort by age. */
    @Test
    void shouldAddUpTheFilesOfOneRunInAnyOrder() throws IOException {
        String all = Files.readString(golden("all.hlog"));
        int head = all.indexOf("Tag=");
        int second = all.indexOf('\n', all.indexOf("\"kind\":\"interval\"")) + 1;
        Path first = Files.writeString(temp.resolve("run.hlog"), all.substring(0, second));
        Path last = Files.writeString(temp.resolve("run.1.hlog"), all.substring(0, head) + all.substring(second));

        Result whole = run("report", temp.resolve("all.hlog").toString());
        Result parts = run("report", last.toString(), first.toString());

        assertThat(parts.status()).isZero();
        assertThat(withoutFiles(parts.out())).isEqualTo(withoutFiles(whole.out()));
    }

    /** As a killed JVM leaves it, or one that still runs. */
    @Test
    void shouldSayThatARunHasNoEnd() throws IOException {
        Path file = golden("a.hlog");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.lastIndexOf("#vperf")));

        Result result = run("report", file.toString());

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith(
                        "vperf report: 2 intervals, 10.0 s, pid 4711 on box-1\n  incomplete   counted up to"
                                + " 2023-11-14T22:13:30.001Z, without the end of the run: it has not ended, or was killed or halted")
                .containsOnlyOnce("incomplete");
    }

    /** The report at exit knows all, so it does not say so. */
    @Test
    void shouldSayNothingIsMissingOfAWholeRun() throws IOException {
        assertThat(run("report", golden("a.hlog").toString()).out()).doesNotContain("incomplete");
    }

    @Test
    void shouldSayThatTheBeginningWasRotatedAway() throws IOException {
        Path file = golden("a.hlog");
        String text = Files.readString(file);
        int second = text.indexOf('\n', text.indexOf("\"kind\":\"interval\"")) + 1;
        Files.writeString(file, text.substring(0, text.indexOf("Tag=")) + text.substring(second));

        Result result = run("report", file.toString());

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("\n  incomplete   counted from 2023-11-14T22:13:25Z on, 5.00 s after the run began: older"
                        + " files were rotated away (option keep), lost, or are not given\n")
                .containsOnlyOnce("incomplete");
    }

    /** With a dump at the very end of the run the last interval may have no length. */
    @Test
    void shouldCountTwoIntervalsThatBeginAtTheSameTime() throws IOException {
        Path file = golden("a.hlog");
        String interval =
                "#vperf {\"v\":1,\"kind\":\"interval\",\"startMs\":1700000010001,\"endMs\":%d,\"health\":{}}\n";
        String text = Files.readString(file);
        int end = text.lastIndexOf("#vperf");
        Files.writeString(
                file,
                text.substring(0, end)
                        + interval.formatted(1700000010001L)
                        + interval.formatted(1700000010002L)
                        + text.substring(end));
        Result result = run("report", file.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("vperf report: 4 intervals").doesNotContain("incomplete");
    }

    private static String withoutFiles(String report) {
        return report.lines().filter(line -> !line.startsWith("Histograms: ")).collect(Collectors.joining("\n"));
    }

    @Test
    void shouldCountIntervalsOnceThatStandInTwoFiles() throws IOException {
        Result once = run("report", golden("a.hlog").toString());
        Result twice = run(
                "report", temp.resolve("a.hlog").toString(), golden("b.hlog").toString());

        assertThat(twice.err()).contains("b.hlog: 2 intervals were read from another file already");
        assertThat(withoutFiles(twice.out())).isEqualTo(withoutFiles(once.out()));
    }

    @Test
    void shouldSayThatAFileHoldsNoCompleteInterval() throws IOException {
        String all = Files.readString(golden("a.hlog"));
        Path cut = Files.writeString(temp.resolve("cut.hlog"), all.substring(0, all.indexOf("Tag=")));

        assertThat(run("report", cut.toString()).out())
                .contains("No complete interval was found")
                .doesNotContain("Steal: unknown", "Health");
    }

    @Test
    void shouldReportDifferentRunsApart() throws IOException {
        Path other = golden("b.hlog");
        Files.writeString(other, Files.readString(other).replace("\"pid\":4711", "\"pid\":4712"));
        Result result = run("report", golden("a.hlog").toString(), other.toString());
        assertThat(result.out()).contains("pid 4711 on box-1", "pid 4712 on box-1");
    }

    @Test
    void shouldReportAFileThatHasLostItsHead() throws IOException {
        Path file = golden("a.hlog");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(text.indexOf("Tag=")));
        Result result = run("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("2 intervals", "shop.Order.total", "are unknown: the dump has lost its head");
        assertThat(result.err())
                .startsWith("vperf: " + file + ", line 1: the file begins with 'Tag=")
                .contains("(#vperf {...\"kind\":\"run\"...) is missing: its beginning was cut off.")
                .containsOnlyOnce("vperf: ");
    }

    /** As a log rotated by others begins: in the midst of a line, and of an interval. */
    @Test
    void shouldTellAFileThatBeginsInTheMidstOfAnInterval() throws IOException {
        Path file = golden("a.hlog");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(text.indexOf("Tag=") + 100));
        Result result = run("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("2 intervals");
        assertThat(result.err())
                .contains("a.hlog, line 1: the file begins with '", "and the first one may lack methods")
                .contains("left out: the histogram of shop.Order.total(long[],java.lang.String) is missing")
                .doesNotContain("Exception");
    }

    /** What is told is that the line cannot be read. */
    @Test
    void shouldNotCallAFileCutWhoseHeadIsDamaged() throws IOException {
        Path file = golden("a.hlog");
        Files.writeString(file, Files.readString(file).replace("\"host\":\"box-1\",", ""));
        assertThat(run("report", file.toString()).err())
                .contains("the run's description is incomplete")
                .doesNotContain("cut off");
    }

    @Test
    void shouldNameAFileThatIsMissing() {
        Path missing = temp.resolve("missing.hlog");
        Result result = run("report", missing.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("vperf: cannot read " + missing + ": no such file; give .hlog files written by vperf"
                        + System.lineSeparator());
    }

    @Test
    void shouldNameAFolderGivenForAFile() {
        Result result = run("report", temp.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("vperf: cannot read " + temp + ": is a folder: name a file in it; ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldSayThatAFileIsNotVperfs() throws IOException {
        Path file = Files.writeString(temp.resolve("x.txt"), "hello\n");
        Result result = run("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("x.txt holds nothing vperf wrote");
    }

    @Test
    void shouldStillReportTheOtherFiles() throws IOException {
        Result result = run(
                "report", temp.resolve("missing").toString(), golden("a.hlog").toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("pid 4711");
    }

    @Test
    void shouldTellWhatItLeavesOutOfACutFile() throws IOException {
        Path file = golden("a.hlog");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.indexOf("\"kind\":\"end\"") - 30));
        Result result = run("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("1 interval, 5.00 s");
        assertThat(result.err())
                .contains(
                        "a.hlog, line ",
                        "left out: it is cut short, as by a full disk or a killed JVM; it begins with '#vperf {")
                .doesNotContain("Exception", "gson", "$.");
    }

    @Test
    void shouldNotSpeakOfLibrariesWhereverALineIsCut() throws IOException {
        Path file = golden("a.hlog");
        String text = Files.readString(file);
        int tag = text.indexOf("Tag=");
        for (int end = tag; end < text.indexOf('\n', text.indexOf("#vperf", tag)); end += 7) {
            Files.writeString(file, text.substring(0, end));
            assertThat(run("report", file.toString()).err())
                    .doesNotContain("Exception", "gson", "$.", "null", "byte", "ending");
        }
    }

    @Test
    void shouldNotFallOverLinesThatLackTheirParts() throws IOException {
        Path file = Files.writeString(temp.resolve("a.hlog"), """
                #vperf {"v":1,"kind":"run","run":{}}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2}
                """);
        Result result = run("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).doesNotContain("NullPointerException");
    }
}
