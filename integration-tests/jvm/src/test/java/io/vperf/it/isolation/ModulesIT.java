package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications that are modules, in JVMs with few others. */
class ModulesIT {

    private static final String WORK = "app.Main.work(int)";

    private static Path modules = Path.of("");

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        modules = folder;
        Path source = modules.resolve("source/app.base");
        write(source.resolve("module-info.java"), "module app.base {}");
        // Its own copy: a module cannot read the class path. vperf knows the annotation by its name.
        write(
                source.resolve("io/vperf/annotations/Measured.java"),
                "package io.vperf.annotations; public @interface Measured {}");
        write(source.resolve("app/Main.java"), """
                package app;

                import io.vperf.annotations.Measured;

                public class Main {
                    public static void main(String[] args) {
                        long sum = 0;
                        for (int i = 0; i < 1000; i++) {
                            sum += work(i);
                        }
                        System.out.println("sum=" + sum + " modules=" + ModuleLayer.boot().modules().size());
                    }

                    @Measured
                    static long work(int i) {
                        return i * 31L;
                    }
                }
                """);
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        writer,
                        writer,
                        "--release",
                        "17",
                        "-d",
                        modules.resolve("classes").toString(),
                        "--module-source-path",
                        modules.resolve("source").toString(),
                        "-m",
                        "app.base");
        assertThat(status).as(said.toString()).isZero();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Trial trial(Jdk jdk, Path folder) {
        return new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(""))
                .with(jvm -> jvm.option("--add-modules=java.instrument")) // as -javaagent does
                .with(jvm -> jvm.option("--module-path=" + modules.resolve("classes")));
    }

    /** The agent itself needs java.instrument; neither java.logging nor java.management is there. */
    private static Trial smallest(Jdk jdk, Path folder) {
        return trial(jdk, folder).with(jvm -> jvm.option("--limit-modules=app.base,java.instrument"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureAModule(Jdk jdk, @TempDir Path folder) {
        Dump dump = trial(jdk, folder).unharmed("-m", "app.base/app.Main");

        assertThat(dump.calls(WORK)).isEqualTo(1000);
        assertThat(Trial.cpuClock(dump)).isIn(Trial.NATIVE_CPU_CLOCKS);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldReadAllClocksInTheSmallestJvm(Jdk jdk, @TempDir Path folder) {
        Dump dump = smallest(jdk, folder).unharmed("-m", "app.base/app.Main");

        assertThat(dump.calls(WORK)).isEqualTo(1000);
        assertThat(Trial.cpuClock(dump)).isIn(Trial.NATIVE_CPU_CLOCKS);
        assertThat(dump.sum(WORK, "cpuNs")).isPositive();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWallTimeWhereNothingTellsCpuTime(Jdk jdk, @TempDir Path folder) {
        Dump dump = smallest(jdk, folder).agentOptions("native=off").unharmed("-m", "app.base/app.Main");

        assertThat(dump.calls(WORK)).isEqualTo(1000);
        assertThat(dump.sum(WORK, "wallNs")).isPositive();
        assertThat(dump.sum(WORK, "cpuUnknownCalls")).isEqualTo(1000);
        assertThat(Trial.capability(dump, "CPU time").get("remedy").getAsString())
                .contains("--add-modules java.management");
    }
}
