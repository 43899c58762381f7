package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadersIT {

    private static final String LOADED = "io.vperf.it.apps.Loaded.applyAsInt(int)";
    private static final String WORK = "io.vperf.it.apps.Hello.work(int)";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldAddUpAClassInManyLoadersAndLetThemGo(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run("io.vperf.it.apps.Loaders", "40");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.printed("alive")).isZero();
        Dump dump = run.dump();
        assertThat(dump.calls(LOADED)).isEqualTo(run.printed("calls")).isEqualTo(400);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWithoutTheAnnotationOnTheClassPath(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).classPath(Jvm.APPS.toString()).run("io.vperf.it.apps.Hello", "100");

        assertThat(run.out()).startsWith("calls=100 ");
        assertThat(run.dump().calls(WORK)).isEqualTo(100);
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureAClassOfTheBootClassPath(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .option("-Xbootclasspath/a:" + Jvm.APPS + ":" + Jvm.ANNOTATIONS)
                .classPath("")
                .run("io.vperf.it.apps.Hello", "100");

        assertThat(run.out()).startsWith("calls=100 ");
        assertThat(run.dump().calls(WORK)).isEqualTo(100);
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureFromTheMomentItIsAttached(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm application = new Jvm(jdk, folder).agent(null).option("-XX:+EnableDynamicAgentLoading");
        Process process = application.start("io.vperf.it.apps.Late");
        application.await(process, "stdout", "ready");

        Path attachFolder = Files.createDirectory(folder.resolve("attach"));
        Jvm.Finished attach = new Jvm(jdk, attachFolder)
                .agent(null)
                .run("io.vperf.it.apps.Attach", Long.toString(process.pid()), Jvm.VPERF_JAR.toString(), "interval=1s");
        assertThat(attach.status()).describedAs(attach.err()).isZero();
        Files.createFile(folder.resolve("go"));
        Jvm.Finished run = application.finish(process);

        assertThat(run.status()).describedAs(run.err()).isZero();
        Dump dump = run.dump();
        assertThat(dump.calls("io.vperf.it.apps.Late.early(int)")).isEqualTo(40);
        assertThat(dump.calls("io.vperf.it.apps.Late$Early.<init>()")).isEqualTo(30);
        assertThat(dump.calls(LOADED)).isEqualTo(20);
        assertThat(dump.run().getAsJsonObject("options").has("interval")).isTrue();
        assertThat(dump.health("suppressedErrors")).isZero();
    }
}
