package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import io.vperf.it.isolation.apps.Late;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Application class data sharing: classes that come from an archive and not from a class file. */
class ArchivedClassesIT {

    private static final String APP = "io.vperf.it.isolation.apps.Late";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureClassesFromAnArchive(Jdk jdk, @TempDir Path folder) throws IOException {
        Path jar = Jars.of(folder.resolve("app.jar"), Map.of(), Late.class, Late.Work.class);
        Path archive = folder.resolve("app.jsa");
        Trial trial = new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(jar.toString()))
                // As any -javaagent does. JDK 25 tells then, with the time, that a part of the archive cannot be used.
                .with(jvm -> jvm.option("--add-modules=java.instrument"))
                .ignoring("\\[\\d+\\.\\d+s]");
        Jvm.Finished made = trial.run(
                "archive",
                jvm -> jvm.agent(null)
                        .option("-XX:ArchiveClassesAtExit=" + archive)
                        .option("-Xlog:disable"),
                APP,
                "1");
        assertThat(made.status()).isZero();
        assertThat(archive).isNotEmptyFile();

        trial.with(jvm -> jvm.option("-XX:SharedArchiveFile=" + archive))
                .with(jvm -> jvm.option("-Xlog:class+load:file=classes.log"));
        Dump dump = trial.unharmed(APP, "1000");

        assertThat(dump.calls(APP + "$Work.work(int)")).isEqualTo(1000);
        assertThat(shared(folder.resolve("without"))).contains(APP, APP + "$Work");
        assertThat(shared(folder.resolve("with"))).contains(APP);
    }

    /** Which of the application's classes came from the archive. */
    private static List<String> shared(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("classes.log")).stream()
                .filter(line -> line.contains(APP) && line.endsWith("source: shared objects file (top)"))
                .map(line -> line.replaceAll(".*] | source.*", ""))
                .toList();
    }

    /** Most JVMs run so: the JDK's classes come from an archive. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWhereTheJdksClassesAreShared(Jdk jdk, @TempDir Path folder) {
        Dump dump =
                new Trial(jdk, folder).with(jvm -> jvm.option("-Xshare:on")).unharmed("io.vperf.it.apps.Hello", "1000");

        assertThat(dump.calls("io.vperf.it.apps.Hello.work(int)")).isEqualTo(1000);
    }
}
