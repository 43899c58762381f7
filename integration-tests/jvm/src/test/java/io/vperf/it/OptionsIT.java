package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsIT {

    private static final String HELLO = "io.vperf.it.apps.Hello";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellEveryMistakeAndRunTheApplicationWithoutVperf(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished without = new Jvm(jdk, Files.createDirectory(folder.resolve("without")))
                .agent(null)
                .run("io.vperf.it.apps.Service", "exit", "1");

        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("intervall=5s,report=sdterr,keep=0")
                .option("-Dvperf.log=debgu")
                .environment("VPERF_SAMPEL", "1s")
                .run("io.vperf.it.apps.Service", "exit", "1");

        assertThat(run.status()).isEqualTo(without.status()).isEqualTo(3);
        assertThat(run.printed("calls")).isEqualTo(without.printed("calls"));
        assertThat(run.err().lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).startsWith("vperf: "));
        assertThat(run.err())
                .contains("intervall='5s': no such option, did you mean 'interval'?")
                .contains("report='sdterr': did you mean 'stderr'?")
                .contains("keep='0': below the minimum (accepted: 1 to 10000)")
                .contains("vperf.log='debgu': unknown value, did you mean 'debug'?")
                .contains("VPERF_SAMPEL='1s': no such option, did you mean 'VPERF_SAMPLE'?")
                .contains("not started because of the above; the application runs on without it");
        assertThat(run.dumpFiles()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPrintEveryOptionAndRunTheApplicationWithoutVperf(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).agent("help").run(HELLO, "10");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("calls=10 ");
        assertThat(run.err()).contains("interval=TIME", "100ms to 1h; default: 10s", "rotate=SIZE", "native-dir=");
        assertThat(run.dumpFiles()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPrintCommandsAndEveryOptionOnTheCommandLine(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished help = new Jvm(jdk, folder).cli("--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("report", "interval=TIME", "%h: host name", "VPERF_NATIVE_DIR=/tmp");
        assertThat(new Jvm(jdk, folder).cli("help").out()).isEqualTo(help.out());
        Jvm.Finished wrong = new Jvm(jdk, folder).cli("reprot", "x");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err().lines()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTakeEachOptionFromTheFirstSourceThatHasIt(Jdk jdk, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("all.properties"), """
                keep=4
                interval=14s
                rotate=14MB
                sample=140ms
                dump=from-file.hlog
                """);

        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("config=all.properties,keep=1")
                .option("-Dvperf.keep=2")
                .option("-Dvperf.interval=12s")
                .environment("VPERF_KEEP", "3")
                .environment("VPERF_INTERVAL", "13s")
                .environment("VPERF_ROTATE", "13MB")
                .run(HELLO, "10");

        assertThat(run.status()).describedAs(run.err()).isZero();
        Dump dump = Dump.read(folder.resolve("from-file.hlog"));
        JsonObject options = dump.run().getAsJsonObject("options");
        assertThat(options.get("keep").getAsString()).contains("1", "agent argument");
        assertThat(options.get("interval").getAsString()).contains("12s", "system property");
        assertThat(options.get("rotate").getAsString()).contains("13MB", "environment variable");
        assertThat(options.get("sample").getAsString()).contains("140ms", "all.properties");
        assertThat(dump.run().get("intervalNs").getAsLong()).isEqualTo(12_000_000_000L);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTakeAFileNameWithCommasInQuotes(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run =
                new Jvm(jdk, folder).agent("dump='a, b (c).hlog',report=off").run(HELLO, "10");

        assertThat(run.err())
                .isEqualTo(
                        "vperf: histograms written to " + run.dumpFiles().get(0).toAbsolutePath() + "\n");
        assertThat(Dump.read(folder.resolve("a, b (c).hlog")).calls(HELLO + ".work(int)"))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayThatNothingWasMeasured(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run("io.vperf.it.apps.Reflective", "java.lang.System", "lineSeparator");

        assertThat(run.status()).isZero();
        assertThat(run.err().lines()).singleElement().asString().startsWith("vperf: nothing was measured: ");
        assertThat(run.dumpFiles()).isEmpty();
    }
}
