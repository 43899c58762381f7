package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import io.vperf.it.isolation.apps.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Application class data sharing: classes that come from an archive and not from a class file. */
class ArchivedClassesIT {

    private static final String APP = "io.vperf.it.isolation.apps.Part";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureClassesFromAnArchive(Jdk jdk, @TempDir Path folder) throws IOException {
        Path jar = Jars.of(folder.resolve("app.jar"), Map.of(), Part.class);
        Path archive = folder.resolve("app.jsa");
        Trial trial = new Trial(jdk, folder).with(jvm -> jvm.classPath(jar.toString()));
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

        assertThat(dump.calls(APP + ".work(int)")).isEqualTo(1000);
        assertThat(dump.calls(APP + ".<init>(int)")).isEqualTo(1000);
        for (String run : new String[] {"without", "with"}) {
            assertThat(Files.readAllLines(folder.resolve(run).resolve("classes.log")))
                    .as("vperf does not keep the JVM from using the archive")
                    .anyMatch(line -> line.contains(APP + " source: shared objects file (top)"));
        }
    }
}
