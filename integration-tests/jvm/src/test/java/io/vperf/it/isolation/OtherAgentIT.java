package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import io.vperf.it.isolation.apps.CountingAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other instrumenting agents in the same JVM, and vperf itself a second time. */
class OtherAgentIT {

    private static final String TASKS = "io.vperf.it.isolation.apps.Tasks";
    private static final String HELLO = "io.vperf.it.apps.Hello";
    private static final String TRANSFORMER = "io.vperf.it.isolation.apps.TransformerUser";
    private static final String LOOK = "io.vperf.it.isolation.apps.CountingAgent.look()";

    /** What OpenTelemetry's agent prints; the JVM's warning comes from its appending to the boot class path. */
    private static final String OPEN_TELEMETRYS_LINE =
            "\\[otel\\.javaagent .*|OpenJDK 64-Bit Server VM warning: Sharing is only supported for boot loader classes.*";

    private static void shouldMeasureBesideOpenTelemetry(Jdk jdk, Path folder, Consumer<Jvm> order) {
        Jvm.Finished run = new Trial(jdk, folder)
                .with(jvm -> jvm.option("-Dotel.traces.exporter=none"))
                .with(jvm -> jvm.option("-Dotel.metrics.exporter=none"))
                .with(jvm -> jvm.option("-Dotel.logs.exporter=none"))
                .with(jvm -> jvm.agent("report=off"))
                .run("with", order, TASKS, "300");

        assertThat(run.out()).isEqualTo("ended=true runs=300\n");
        assertThat(run.status()).isZero();
        assertThat(Trial.withoutOwnLine(run.err()).lines()).allMatch(line -> line.matches(OPEN_TELEMETRYS_LINE));
        assertThat(run.err()).contains("opentelemetry-javaagent - version");
        Dump dump = Trial.healthy(run);
        assertThat(dump.calls(TASKS + "$Task.<init>()")).isEqualTo(300);
        assertThat(dump.calls(TASKS + "$Task.run()")).isEqualTo(300);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureBeforeOpenTelemetry(Jdk jdk, @TempDir Path folder) {
        shouldMeasureBesideOpenTelemetry(jdk, folder, jvm -> jvm.option("-javaagent:" + Libs.jar("opentelemetry")));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureAfterOpenTelemetry(Jdk jdk, @TempDir Path folder) {
        shouldMeasureBesideOpenTelemetry(
                jdk, folder, jvm -> jvm.firstOption("-javaagent:" + Libs.jar("opentelemetry")));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellOnceThatItIsGivenTwice(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Trial(jdk, folder)
                .with(jvm -> jvm.agent("report=off"))
                .run("with", jvm -> jvm.option("-javaagent:" + Jvm.VPERF_JAR + "=dump=second.hlog"), HELLO, "1000");

        shouldHaveToldOnceAndCountedOnce(run);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellOnceThatACopyOfItIsGivenToo(Jdk jdk, @TempDir Path folder) throws IOException {
        Path copy = Files.copy(Jvm.VPERF_JAR, folder.resolve("copy.jar"));
        Jvm.Finished run = new Trial(jdk, folder)
                .with(jvm -> jvm.agent("report=off"))
                .run("with", jvm -> jvm.option("-javaagent:" + copy + "=dump=second.hlog"), HELLO, "1000");

        shouldHaveToldOnceAndCountedOnce(run);
    }

    private static void shouldHaveToldOnceAndCountedOnce(Jvm.Finished run) {
        assertThat(run.out()).startsWith("calls=1000 ");
        assertThat(run.status()).isZero();
        assertThat(Trial.withoutOwnLine(run.err()))
                .isEqualTo(
                        "vperf: already running in this JVM; this second start (options: dump=second.hlog) is ignored."
                                + " Give -javaagent:vperf.jar once.\n");
        assertThat(Trial.healthy(run).calls(HELLO + ".work(int)")).isEqualTo(1000);
    }

    private static Path countingAgent(Path folder) throws IOException {
        return Jars.of(
                folder.resolve("counting.jar"),
                Map.of("Premain-Class", CountingAgent.class.getName(), "Can-Retransform-Classes", "true"),
                CountingAgent.class);
    }

    /** Another transformer is asked for each class vperf loads; if a probe loads one, that call is counted apart. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsOfATransformerThatComesAfter(Jdk jdk, @TempDir Path folder) throws IOException {
        Path agent = countingAgent(folder);
        Dump dump = new Trial(jdk, folder)
                .with(jvm -> jvm.option("-javaagent:" + agent))
                .unharmed(TRANSFORMER);

        assertThat(dump.calls(TRANSFORMER + ".work(int)")).isEqualTo(1001);
        assertThat(dump.calls(LOOK) + dump.health("insideProbe"))
                .isEqualTo(Long.parseLong(Files.readString(folder.resolve("with/transformed"))));
    }

    /** Its class is loaded already when vperf starts, so some of its calls are not seen. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsOfATransformerThatWasThereBefore(Jdk jdk, @TempDir Path folder) throws IOException {
        Path agent = countingAgent(folder);
        Dump dump = new Trial(jdk, folder)
                .with(jvm -> jvm.firstOption("-javaagent:" + agent))
                .unharmed(TRANSFORMER);

        assertThat(dump.calls(TRANSFORMER + ".work(int)")).isEqualTo(1001);
        assertThat(dump.calls(LOOK))
                .isBetween(1L, Long.parseLong(Files.readString(folder.resolve("with/transformed"))));
    }
}
