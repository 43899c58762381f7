package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** LC_ALL=C: no letter beyond ASCII has a code, in no path and on no stream. */
class LocaleIT {

    private static final String APP = "io.vperf.it.apps.Calls";
    private static final String OUTER = APP + ".outer(int)";

    @BeforeAll
    static void needsToNameFilesItself() {
        String charset = System.getProperty("sun.jnu.encoding", "unknown");
        assumeTrue(
                Charset.forName(charset).newEncoder().canEncode("ü"),
                "the tests' own locale cannot name the files: " + charset);
    }

    static Stream<Arguments> options() {
        return Jdk.all().stream()
                .flatMap(jdk ->
                        Stream.of("dump", "report", "native-dir", "config").map(key -> Arguments.of(jdk, key)));
    }

    private static Jvm inC(Jdk jdk, Path folder) {
        return new Jvm(jdk, folder).environment("LC_ALL", "C");
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldTellWhichPathTheLocaleCannotEncode(Jdk jdk, String key, @TempDir Path folder) {
        Jvm.Finished run = inC(jdk, folder).agent(key + "=/tmp/größe.x").run(APP, "nesting");

        assertThat(run.status()).isZero();
        List<String> lines = run.err().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("vperf: agent argument " + key + "='/tmp/gr")
                .contains("locale has no code for a character of this path", "LC_ALL=C.UTF-8", "ASCII");
        assertThat(lines.get(1)).contains("not started because of the above; the application runs on without it");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellThatAFileToReportCannotBeEncoded(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished report = inC(jdk, folder).cli("report", "größe.hlog");

        assertThat(report.status()).isEqualTo(2);
        assertThat(report.err()).contains("locale has no code for a character of this path", "LC_ALL=C.UTF-8");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldReportInAsciiAtExitAndFromTheFile(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished run = inC(jdk, folder).agent("dump=a.hlog").run(APP, "nesting");
        Jvm.Finished utf8 = new Jvm(jdk, Files.createDirectory(folder.resolve("utf8")))
                .environment("LC_ALL", "C.UTF-8")
                .cli("report", folder.resolve("a.hlog").toString());
        assumeTrue(utf8.out().contains("±"), "no bound of steal to print on this machine");

        Jvm.Finished report = inC(jdk, Files.createDirectory(folder.resolve("c")))
                .cli("report", folder.resolve("a.hlog").toString());

        assertThat(report.out()).isEqualTo(utf8.out().replace("±", "+-")).isEqualTo(run.err());
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureInAFolderThatTheLocaleCannotEncode(Jdk jdk, @TempDir Path folder) throws Exception {
        Path working = Files.createDirectory(folder.resolve("größe"));
        Jvm.Finished byDefault = inC(jdk, working).run(APP, "nesting");
        assertThat(byDefault.err())
                .contains("vperf: cannot write ", "locale has no code for a character of the working folder")
                .contains("LC_ALL=C.UTF-8", "absolute path in ASCII", "lost; the report of the run has them", OUTER);

        Jvm.Finished run = inC(jdk, working)
                .agent("dump=" + folder.resolve("a.hlog"))
                .option("-Djava.io.tmpdir=" + working)
                .run(APP, "nesting");

        assertThat(run.status()).describedAs(run.err()).isZero();
        Dump dump = Dump.read(folder.resolve("a.hlog"));
        assertThat(dump.calls(OUTER)).isEqualTo(200);
        assertThat(dump.run().getAsJsonObject("clocks").get("vcpu").getAsString())
                .isEqualTo("sched_getcpu");
        assertThat(dump.health("suppressedErrors")).isZero();
    }
}
