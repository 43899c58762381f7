package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
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
                                + " 2023-11-14 22:13:30.001Z, without the end of the run: it has not ended, or was killed or halted")
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
                .contains("\n  incomplete   counted from 2023-11-14 22:13:25.000Z on, 5.00 s after the run began: older"
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

    private Path otherRun(String name) throws IOException {
        Path other = GoldenDump.to(temp.resolve(name));
        return Files.writeString(
                other,
                Files.readString(other)
                        .replace("\"pid\":4711", "\"pid\":4712")
                        .replace("\"host\":\"box-1\"", "\"host\":\"box-2\""));
    }

    @Test
    void shouldAddUpDifferentRuns() throws IOException {
        CliRun result = CliRun.of(
                "report",
                GoldenDump.to(temp.resolve("a.hlog")).toString(),
                otherRun("b.hlog").toString());

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("""
                        vperf report: 2 runs on 2 hosts, 4 intervals; methods of the same name are added up
                          pid 4711 on box-1, 2 intervals, 10.0 s from 2023-11-14 22:13:20.000Z on
                          pid 4712 on box-2, 2 intervals, 10.0 s from 2023-11-14 22:13:20.000Z on
                        """)
                .contains(
                        "  2,006 calls, 4 exceptions, self 28.0 ms, total 30.0 ms, stolen 6.00 ms ± 2.00 ms (20.00 %)")
                .contains("Around pid 4711 on box-1, ", "Around pid 4712 on box-2, ", "Histograms: ")
                .containsOnlyOnce("  JVM          ");
    }

    /** A folder stands for the dumps in it, one word in quotes for several files. */
    @Test
    void shouldTakeFoldersPatternsAndLists() throws IOException {
        GoldenDump.to(temp.resolve("a.hlog"));
        otherRun("b.hlog");
        Files.writeString(temp.resolve("notes.txt"), "hello");
        CliRun each = CliRun.of(
                "report",
                temp.resolve("a.hlog").toString(),
                temp.resolve("b.hlog").toString());

        assertThat(each.out()).contains("2 runs on 2 hosts");
        assertThat(CliRun.of("report", temp.toString())).isEqualTo(each);
        assertThat(CliRun.of("report", temp + "/[ab].hlog")).isEqualTo(each);
        assertThat(CliRun.of("report", temp + "/a.hlog " + temp + "/b.hlog")).isEqualTo(each);
    }

    @Test
    void shouldReadWhatGzipHasPacked() throws IOException {
        byte[] plain = Files.readAllBytes(GoldenDump.to(temp.resolve("a.hlog")));
        Path packed = temp.resolve("a.hlog.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(plain);
        }
        CliRun whole = CliRun.of("report", temp.resolve("a.hlog").toString());
        CliRun unpacked = CliRun.of("report", packed.toString());
        assertThat(unpacked.status()).isZero();
        assertThat(withoutFiles(unpacked.out())).isEqualTo(withoutFiles(whole.out()));

        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length - 30));
        CliRun cut = CliRun.of("report", packed.toString());
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.err())
                .contains("a.hlog.gz, line ", "cannot be unpacked to its end")
                .doesNotContain("Exception");
        assertThat(cut.out()).contains("shop.Order.total");
    }

    @Test
    void shouldTellLogsOfOtherPrograms() throws IOException {
        Path other = Files.writeString(temp.resolve("jhiccup.hlog"), """
                #[Histogram log format version 1.3]
                "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
                0.127,1.007,2.769,HISTFAAAAEV42pNpmSzMwMCgyAABTBDKT4GBgdnNYMcCBvsPEBEJISEuATEZMQ4uASkhIR4nrxg9v2lMaxhvMekILGZkKmcCAEf2CsI=
                """);
        Path tagged = Files.writeString(temp.resolve("tagged.hlog"), """
                        #[Histogram log format version 1.3]
                        Tag=get,0.1,1.0,2.7,HISTFAAAA
                        """);
        Path empty = Files.writeString(temp.resolve("empty.hlog"), "");
        CliRun result = CliRun.of("report", other.toString(), tagged.toString(), empty.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "jhiccup.hlog: is an HdrHistogram log, but not one of vperf's (line 3 has a histogram"))
                .anySatisfy(line -> assertThat(line).contains("tagged.hlog: is an HdrHistogram log, but not one"))
                .anySatisfy(line -> assertThat(line).contains("empty.hlog: holds nothing vperf wrote"));
    }

    @Test
    void shouldTellGarbageInTheMiddleWithItsLine() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        int second = text.indexOf('\n', text.indexOf("\"kind\":\"interval\"")) + 1;
        long line = text.substring(0, second).lines().count() + 1;
        Files.writeString(file, text.substring(0, second) + "\u001b[2Jnoise\nmore\n" + text.substring(second));
        CliRun result = CliRun.of("report", file.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("2 intervals, 10.0 s");
        assertThat(result.err())
                .isEqualTo(
                        "vperf: " + file + ", line " + line + ": this and 1 more lines are no lines of a dump and are"
                                + " left out: the first begins with '?[2Jnoise'" + System.lineSeparator());
    }

    /** Its calls would be counted in the next one. */
    @Test
    void shouldLeaveOutAnIntervalWhoseLastLineIsDamaged() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "#vperf \\{\"v\":1,\"kind\":\"interval\"", "#vperx {\"v\":1,\"kind\":\"interval\""));
        CliRun result = CliRun.of("report", file.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("1 interval").doesNotContain("shop.Order");
        assertThat(result.err()).contains("the line that ends the one before is missing or damaged");
    }

    @Test
    void shouldTellMethodsWhoseLineIsDamaged() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("#vperf \\{\"v\":1,\"kind\":\"method\"", "!vperf {\"v\":1,\"kind\":\"method\""));
        CliRun result = CliRun.of("report", file.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("begins with '!vperf {", "1 method has a histogram, but no readable line of its own");
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
                .isEqualTo("vperf: " + missing + ": cannot be read: no such file; give .hlog files written by vperf, or"
                        + " folders of them" + System.lineSeparator());
    }

    @Test
    void shouldNameAFolderWithoutDumps() {
        CliRun result = CliRun.of("report", temp.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("vperf: " + temp + ": cannot be read: there is no .hlog file in this folder; ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldSayThatAFileIsNotVperfs() throws IOException {
        Path file = Files.writeString(temp.resolve("x.txt"), "hello\n");
        CliRun result = CliRun.of("report", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("x.txt: holds nothing vperf wrote, or was cut within its head: line 1 begins with 'hello'");
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
