package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left where native code, or a clock, is not to be had. */
class DegradedIT {

    private static final String OUTER = "io.vperf.it.apps.Calls.outer(int)";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWallAndCpuTimeWithoutNativeCode(Jdk jdk, @TempDir Path folder) {
        assertWithoutSteal(run(jdk, folder, "native=off"), "switched off by native=off");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWallAndCpuTimeWhereNativeCodeCannotBeLoaded(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "native-dir=/proc");

        assertWithoutSteal(run, "jffi's native library could not be loaded: /proc: ");
        assertThat(run.err())
                .containsOnlyOnce(
                        "vperf: no native code in this run: jffi's native library could not be loaded: /proc: ");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayThatTheFolderForNativeCodeDoesNotExist(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "native-dir=/nonexist");

        assertWithoutSteal(run, "native-dir=/nonexist is no folder");
        assertThat(run.err())
                .containsOnlyOnce("vperf: no native code in this run: native-dir=/nonexist is no folder;"
                        + " CPU time: ThreadMXBean, steal: unknown. To have it, name a folder with native-dir= ");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWallTimeAloneIfCpuTimeIsSwitchedOff(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "cpu=off");

        Dump dump = run.dump();
        assertThat(dump.calls(OUTER)).isEqualTo(200);
        assertThat(dump.histogramCount("wall:" + OUTER)).isEqualTo(200);
        assertThat(dump.histograms()).doesNotContainKey("cpu:" + OUTER);
        assertThat(dump.sum(OUTER, "cpuUnknownCalls")).isEqualTo(200);
        assertThat(dump.lines("method")).noneMatch(line -> line.has("cpuNs"));
        assertThat(run.err()).containsPattern("\n  cpu +unknown").contains("Steal: unknown: whom it hit");
        assertThat(dump.histograms()).doesNotContainKey("corrected:" + OUTER);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    private static Jvm.Finished run(Jdk jdk, Path folder, String options) {
        Jvm.Finished run = new Jvm(jdk, folder).agent(options).run("io.vperf.it.apps.Calls", "nesting");
        assertThat(run.status()).describedAs(run.err()).isZero();
        return run;
    }

    private static void assertWithoutSteal(Jvm.Finished run, String reason) {
        Dump dump = run.dump();
        assertThat(dump.calls(OUTER)).isEqualTo(200);
        assertThat(dump.histogramCount("wall:" + OUTER)).isEqualTo(200);
        assertThat(dump.histogramCount("cpu:" + OUTER)).isEqualTo(200);
        assertThat(dump.sum(OUTER, "cpuNs")).isPositive();
        assertThat(dump.histograms()).doesNotContainKeys("corrected:" + OUTER, "stolen:" + OUTER);
        assertThat(dump.lines("method")).noneMatch(line -> line.has("stolenNs") || line.has("correctedNs"));
        assertThat(dump.lines("interval")).noneMatch(line -> line.has("vcpus"));
        JsonObject header = dump.run();
        assertThat(header.getAsJsonObject("clocks").get("cpu").getAsString()).contains("ThreadMXBean");
        assertThat(header.get("steal").getAsString()).startsWith("unknown: ").contains(reason);
        assertThat(header.getAsJsonArray("capabilities"))
                .filteredOn(c -> !c.getAsJsonObject().get("available").getAsBoolean())
                .extracting(c -> c.getAsJsonObject().get("name").getAsString())
                .contains("native code", "C shim", "steal");
        assertThat(run.err()).contains("Steal: unknown", reason).containsPattern("\n  corrected +unknown");
        assertThat(dump.health("suppressedErrors")).isZero();
    }
}
