package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    private final Path temp;

    ReportCommandTest(@TempDir Path temp) {
        this.temp = temp;
    }

    /** As rotation writes them, whose names do not sort by age. */
    @Test
    void shouldAddUpTheFilesOfOneRunInAnyOrder() throws IOException {
        String all = Files.readString(GoldenDump.to(temp.resolve("all.hlog")));
        int head = all.indexOf("Tag=");
        int second = all.indexOf('\n', all.indexOf("\"kind\":\"interval\"")) + 1;
        Path first = Files.writeString(temp.resolve("run.hlog"), all.substring(0, second));
        Path last = Files.writeString(temp.resolve("run.1.hlog"), all.substring(0, head) + all.substring(second));

        CliRun whole = CliRun.of("report", temp.resolve("all.hlog").toString());
        CliRun parts = CliRun.of("report", last.toString(), first.toString());

        assertThat(parts.status()).isZero();
        assertThat(withoutFiles(parts.out())).isEqualTo(withoutFiles(whole.out()));
    }

    /** As a killed JVM leaves it, or one that still runs. */
    @Test
    void shouldSayThatARunHasNoEnd() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.lastIndexOf("#vperf")));

        CliRun result = CliRun.of("report", file.toString());

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
        assertThat(CliRun.of("report", GoldenDump.to(temp.resolve("a.hlog")).toString())
                        .out())
                .doesNotContain("incomplete");
    }

    @Test
    void shouldSayThatTheBeginningWasRotatedAway() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        int second = text.indexOf('\n', text.indexOf("\"kind\":\"interval\"")) + 1;
        Files.writeString(file, text.substring(0, text.indexOf("Tag=")) + text.substring(second));

        CliRun result = CliRun.of("report", file.toString());

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("\n  incomplete   counted from 2023-11-14T22:13:25Z on, 5.00 s after the run began: older"
                        + " files were rotated away (option keep), lost, or are not given\n")
                .containsOnlyOnce("incomplete");
    }

    /** With a dump at the very end of the run the last interval may have no length. */
    @Test
    void shouldCountTwoIntervalsThatBeginAtTheSameTime() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
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
        CliRun result = CliRun.of("report", file.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("vperf report: 4 intervals").doesNotContain("incomplete");
    }

    private static String withoutFiles(String report) {
        return report.lines().filter(line -> !line.startsWith("Histograms: ")).collect(Collectors.joining("\n"));
    }

    @Test
    void shouldCountIntervalsOnceThatStandInTwoFiles() throws IOException {
        CliRun once = CliRun.of("report", GoldenDump.to(temp.resolve("a.hlog")).toString());
        CliRun twice = CliRun.of(
                "report",
                temp.resolve("a.hlog").toString(),
                GoldenDump.to(temp.resolve("b.hlog")).toString());

        assertThat(twice.err()).contains("b.hlog: 2 intervals were read from another file already");
        assertThat(withoutFiles(twice.out())).isEqualTo(withoutFiles(once.out()));
    }

    @Test
    void shouldSayThatAFileHoldsNoCompleteInterval() throws IOException {
        String all = Files.readString(GoldenDump.to(temp.resolve("a.hlog")));
        Path cut = Files.writeString(temp.resolve("cut.hlog"), all.substring(0, all.indexOf("Tag=")));

        assertThat(CliRun.of("report", cut.toString()).out())
                .contains("No complete interval was found")
                .doesNotContain("Steal: unknown", "Health");
    }

    @Test
    void shouldReportDifferentRunsApart() throws IOException {
        Path other = GoldenDump.to(temp.resolve("b.hlog"));
        Files.writeString(other, Files.readString(other).replace("\"pid\":4711", "\"pid\":4712"));
        CliRun result =
                CliRun.of("report", GoldenDump.to(temp.resolve("a.hlog")).toString(), other.toString());
        assertThat(result.out()).contains("pid 4711 on box-1", "pid 4712 on box-1");
    }

    @Test
    void shouldReportAFileThatHasLostItsHead() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        Files.writeString(file, text.substring(text.indexOf("Tag=")));
        CliRun result = CliRun.of("report", file.toString());
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
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        Files.writeString(file, text.substring(text.indexOf("Tag=") + 100));
        CliRun result = CliRun.of("report", file.toString());
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
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        Files.writeString(file, Files.readString(file).replace("\"host\":\"box-1\",", ""));
        assertThat(CliRun.of("report", file.toString()).err())
                .contains("the run's description is incomplete")
                .doesNotContain("cut off");
    }

    @Test
    void shouldNameAFileThatIsMissing() {
        Path missing = temp.resolve("missing.hlog");
        CliRun result = CliRun.of("report", missing.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("vperf: cannot read " + missing + ": no such file; give .hlog files written by vperf"
                        + System.lineSeparator());
    }

    @Test
    void shouldNameAFolderGivenForAFile() {
        CliRun result = CliRun.of("report", temp.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("vperf: cannot read " + temp + ": is a folder: name a file in it; ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldSayThatAFileIsNotVperfs() throws IOException {
        Path file = Files.writeString(temp.resolve("x.txt"), "hello\n");
        CliRun result = CliRun.of("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("x.txt holds nothing vperf wrote");
    }

    @Test
    void shouldStillReportTheOtherFiles() throws IOException {
        CliRun result = CliRun.of(
                "report",
                temp.resolve("missing").toString(),
                GoldenDump.to(temp.resolve("a.hlog")).toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("pid 4711");
    }

    @Test
    void shouldTellWhatItLeavesOutOfACutFile() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.indexOf("\"kind\":\"end\"") - 30));
        CliRun result = CliRun.of("report", file.toString());
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
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        int tag = text.indexOf("Tag=");
        for (int end = tag; end < text.indexOf('\n', text.indexOf("#vperf", tag)); end += 7) {
            Files.writeString(file, text.substring(0, end));
            assertThat(CliRun.of("report", file.toString()).err())
                    .doesNotContain("Exception", "gson", "$.", "null", "byte", "ending");
        }
    }

    @Test
    void shouldNotFallOverLinesThatLackTheirParts() throws IOException {
        Path file = Files.writeString(temp.resolve("a.hlog"), """
                #vperf {"v":1,"kind":"run","run":{}}
                #vperf {"v":1,"kind":"interval","startMs":1,"endMs":2}
                """);
        CliRun result = CliRun.of("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).doesNotContain("NullPointerException");
    }
}
