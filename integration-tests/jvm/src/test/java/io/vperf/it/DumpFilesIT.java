package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DumpFilesIT {

    private static final String APP = "io.vperf.it.apps.Service";
    private static final String WORK = APP + ".work(int)";
    private static final String HELLO = "io.vperf.it.apps.Hello";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayAtTheHeadWhatRanWhereAndHow(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished run = new Jvm(jdk, folder).agent("interval=2s,keep=7").run(HELLO, "10");

        Dump dump = run.dump();
        JsonObject header = dump.run();
        assertThat(header.get("jvm").getAsString()).contains("VM", Integer.toString(jdk.feature()));
        assertThat(header.get("vcpus").getAsInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(header.get("kernel").getAsString()).isEqualTo(System.getProperty("os.version"));
        assertThat(header.get("kernelKind").getAsString()).matches("(?s)(excludes|includes|unknown|none)\\w*: .+");
        assertThat(header.get("hypervisor").getAsString()).isNotEmpty();
        assertThat(header.get("intervalNs").getAsLong()).isEqualTo(2_000_000_000);
        assertThat(header.getAsJsonObject("options").keySet()).containsExactlyInAnyOrder("interval", "keep");
        assertThat(header.getAsJsonObject("clocks").keySet()).contains("wall", "cpu", "vcpu");
        assertThat(costsNs(jdk, folder, header).get("wall").getAsLong()).isBetween(1L, 100_000L);
        assertThat(header.getAsJsonObject("costsNs").get("probeAtStart").getAsLong())
                .isPositive();
        for (var capability : header.getAsJsonArray("capabilities")) {
            assertThat(capability.getAsJsonObject().get("detail").getAsString()).isNotEmpty();
        }
        List<String> comments = Files.readAllLines(dump.file()).stream()
                .filter(line -> line.startsWith("# ") || line.startsWith("#["))
                .toList();
        assertThat(comments.get(0)).isEqualTo("#[Histogram log format version 1.3]");
        assertThat(String.join("\n", comments))
                .contains("vperf: ", "kernel kind: ", "costs, ns: ", "C shim: ", "steal: ");
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    /** Those of this run or, where its start was too busy to settle what readings cost, of one of some more. */
    private static JsonObject costsNs(Jdk jdk, Path folder, JsonObject header) {
        JsonObject costsNs = header.getAsJsonObject("costsNs");
        for (int i = 0; i < 10 && !costsNs.has("wall"); i++) {
            Jvm.Finished again =
                    new Jvm(jdk, folder).agent("dump=again-" + i + ".hlog").run(HELLO, "10");
            costsNs = Dump.read(folder.resolve("again-" + i + ".hlog")).run().getAsJsonObject("costsNs");
            assertThat(again.status()).isZero();
        }
        return costsNs;
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeReadByHdrHistogramsOwnTool(Jdk jdk, @TempDir Path folder) throws URISyntaxException {
        Jvm.Finished run = new Jvm(jdk, folder).agent("dump=tool.hlog").run(HELLO, "1234");
        assertThat(run.status()).isZero();
        Path hdrHistogram = Path.of(Histogram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        Jvm.Finished tool = new Jvm(jdk, folder)
                .agent(null)
                .classPath(hdrHistogram.toString())
                .run(
                        "org.HdrHistogram.HistogramLogProcessor",
                        "-i",
                        "tool.hlog",
                        "-tag",
                        "wall:" + HELLO + ".work(int)");

        assertThat(tool.status()).describedAs(tool.err()).isZero();
        assertThat(tool.out()).containsPattern("Total count *= *1234\\b");
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldFillInHostProcessAndTime(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("dump=of-%h-%p-%t-%%.hlog,report=off");
        Process process = jvm.start(HELLO, "10");

        Jvm.Finished run = jvm.finish(process);

        String host = run.dump().run().get("host").getAsString().replaceAll("[^A-Za-z0-9.-]", "_");
        assertThat(run.dumpFiles())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString())
                        .matches("of-" + java.util.regex.Pattern.quote(host) + "-" + process.pid()
                                + "-\\d{8}T\\d{6}-%\\.hlog"));
        assertThat(run.err())
                .isEqualTo(
                        "vperf: histograms written to " + run.dumpFiles().get(0).toAbsolutePath() + "\n");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPrintNothingIfToldSo(Jdk jdk, @TempDir Path folder) {
        assertThat(new Jvm(jdk, folder)
                        .agent("report=off,log=off")
                        .run(HELLO, "10")
                        .err())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNeverTouchAFileThatExists(Jdk jdk, @TempDir Path folder) throws Exception {
        for (String name : List.of("mine.hlog", "mine-2.hlog", "report.txt")) {
            Files.writeString(folder.resolve(name), "precious");
        }

        Jvm.Finished run =
                new Jvm(jdk, folder).agent("dump=mine.hlog,report=report.txt").run(HELLO, "10");

        assertThat(run.status()).isZero();
        for (String name : List.of("mine.hlog", "mine-2.hlog", "report.txt")) {
            assertThat(folder.resolve(name)).hasContent("precious");
        }
        Dump dump = Dump.read(folder.resolve("mine-3.hlog"));
        assertThat(dump.calls(HELLO + ".work(int)")).isEqualTo(10);
        assertThat(folder.resolve("report-2.txt")).content().startsWith("vperf report");
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteNoFileIfToldSo(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).agent("dump=off").run(HELLO, "10");

        assertThat(run.dumpFiles()).isEmpty();
        assertThat(run.err()).contains(HELLO + ".work(int)", "No dump file was written.");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldReportToStdoutIfToldSo(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished run =
                new Jvm(jdk, folder).agent("dump=a.hlog,report=stdout").run(HELLO, "10");

        assertThat(run.out()).startsWith("calls=10 ").contains("\nvperf report: ", HELLO + ".work(int)");
        assertThat(run.err()).isEmpty();

        Jvm.Finished unwritten = new Jvm(jdk, folder)
                .agent("dump=b.hlog,report=stdout")
                .startedBy("sh", "-c", "exec \"$@\" > /dev/full", "sh")
                .run(HELLO, "10");
        assertThat(unwritten.status()).isZero();
        assertThat(unwritten.err())
                .startsWith("vperf: cannot write the report to standard output; here it is\nvperf report: ");
    }

    /** Links to what the process has open, be it a file that exists. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteToAStreamByItsPath(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("dump=/dev/fd/3,report=/dev/stdout")
                .startedBy("sh", "-c", "echo before > out; exec \"$@\" >> out 3> dump.hlog", "sh")
                .run(HELLO, "10");

        assertThat(run.status()).isZero();
        assertThat(folder.resolve("out"))
                .content()
                .startsWith("before\ncalls=10 ")
                .contains("\nvperf report: ");
        assertThat(Dump.read(folder.resolve("dump.hlog")).calls(HELLO + ".work(int)"))
                .isEqualTo(10);
        assertThat(Path.of("/dev/stdout-2")).doesNotExist();
    }

    /** Forty methods are some 35 kB an interval. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeginANewFileBySizeAndKeepTheNewest(Jdk jdk, @TempDir Path folder) throws Exception {
        StringBuilder source = new StringBuilder("public class Many { static int all() { return 0");
        for (int i = 0; i < 40; i++) {
            source.append(" + m").append(i).append("()");
        }
        source.append("; }\n");
        for (int i = 0; i < 40; i++) {
            source.append("@io.vperf.annotations.Measured static int m" + i + "() { return 1; }\n");
        }
        source.append("""
                public static void main(String[] args) throws Exception {
                    long calls = 0;
                    java.nio.file.Path fifth = java.nio.file.Path.of("many.5.hlog");
                    while (!java.nio.file.Files.exists(fifth)) {
                        Thread.sleep(1);
                        calls += all();
                    }
                }
                }
                """);
        Path classes = new Sources(jdk, folder.resolve("src"))
                .file("Many.java", source.toString())
                .compile(folder.resolve("classes"), "-cp", Jvm.ANNOTATIONS.toString());

        Jvm.Finished run = new Jvm(jdk, folder)
                .classPath(classes.toString())
                .agent("interval=100ms,rotate=64KB,keep=3,dump=many.hlog")
                .run("Many");

        assertThat(run.status()).describedAs(run.err()).isZero();
        List<Path> files = new ArrayList<>(run.dumpFiles());
        assertThat(files).hasSize(3).doesNotContain(folder.resolve("many.hlog"));
        files.sort((a, b) -> Long.compare(number(a), number(b)));
        long expectedStartMs = 0;
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThanOrEqualTo(64 << 10);
            Dump dump = Dump.read(file);
            assertThat(dump.lines("run")).hasSize(1);
            assertThat(dump.methods()).hasSize(40);
            for (JsonObject interval : dump.lines("interval")) {
                assertThat(interval.get("startMs").getAsLong())
                        .isEqualTo(
                                expectedStartMs == 0 ? interval.get("startMs").getAsLong() : expectedStartMs);
                expectedStartMs = interval.get("endMs").getAsLong();
            }
            assertThat(run.err()).contains("Histograms: " + file.toAbsolutePath());
            assertThat(dump.health("suppressedErrors")).isZero();
        }
        assertThat(number(files.get(2)) - number(files.get(0))).isEqualTo(2);
        assertThat(run.err())
                .contains("Older files of this run that were removed (option keep): " + number(files.get(0)) + "\n")
                .doesNotContain("incomplete");
        Dump oldest = Dump.read(files.get(0));
        long fromMs = oldest.lines("interval").get(0).get("startMs").getAsLong();
        Jvm.Finished report = new Jvm(jdk, folder)
                .cli(
                        "report",
                        files.get(1).toString(),
                        files.get(0).toString(),
                        files.get(2).toString());
        assertThat(report.out())
                .contains("  incomplete   counted from " + Dump.moment(fromMs) + " on, ")
                .containsOnlyOnce("incomplete");
    }

    /** many.7.hlog: 7. */
    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteALineEachIntervalWithoutGaps(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("interval=200ms,dump=steps.hlog");
        Process process = jvm.start(APP, "wait", "0");
        Path file = folder.resolve("steps.hlog");
        jvm.await(process, "four intervals", () -> Dump.count(file, "interval") >= 4);
        Files.createFile(folder.resolve("stop"));

        Jvm.Finished run = jvm.finish(process);

        Dump dump = run.dump();
        List<JsonObject> intervals = dump.lines("interval");
        for (int i = 1; i < intervals.size(); i++) {
            assertThat(intervals.get(i).get("startMs").getAsLong())
                    .isEqualTo(intervals.get(i - 1).get("endMs").getAsLong());
        }
        assertThat(dump.lines("method")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(dump.calls(WORK)).isEqualTo(run.printed("calls"));
        assertThat(dump.histogramCount("wall:" + WORK)).isEqualTo(run.printed("calls"));
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPrintTheSameFromTheFileAsAtExit(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).agent("dump=a.hlog").run("io.vperf.it.apps.Calls", "nesting");
        Path file = run.dumpFiles().get(0);

        Jvm.Finished report = new Jvm(jdk, folder).cli("report", file.toString());

        assertThat(report.status()).describedAs(report.err()).isZero();
        assertThat(run.err()).contains("io.vperf.it.apps.Calls.outer(int)");
        assertThat(report.out()).isEqualTo(run.err());
        Jvm.Finished unwritten = new Jvm(jdk, folder)
                .startedBy("sh", "-c", "exec \"$@\" > /dev/full", "sh")
                .cli("report", file.toString());
        assertThat(unwritten.status()).isEqualTo(1);
        assertThat(unwritten.err()).startsWith("vperf: standard output could not be written to its end: ");
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }
}
