package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JNR-FFI and jffi, the libraries with a native half: the application's own, whole or broken. */
class OwnJnrIT {

    private static final String APP = "io.vperf.it.isolation.apps.OwnJnr";

    private static void shouldMeasure(Trial trial) {
        Dump dump = trial.unharmed(APP, "1000");

        assertThat(dump.calls(APP + "$Work.work(int)")).isEqualTo(1000);
        assertThat(Trial.cpuClock(dump)).isIn(Trial.NATIVE_CPU_CLOCKS);
    }

    /** A class path entry with one text file. */
    private static Path entry(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve("entry").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return folder.resolve("entry");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveTheApplicationItsOtherVersion(Jdk jdk, @TempDir Path folder) {
        shouldMeasure(new Trial(jdk, folder).with(jvm -> jvm.classPath(Libs.classPath("jnr", "jnr-native"))));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotTakeTheApplicationsBrokenNatives(Jdk jdk, @TempDir Path folder) throws IOException {
        Path fake = entry(folder, "jni/x86_64-Linux/libjffi-1.2.so", "no library");
        shouldMeasure(new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(fake + ":" + Libs.classPath("jnr")))
                .with(jvm -> jvm.option("-Djffi.boot.library.path=/nonexistent"))
                // What jffi extracts it names at random, and the JVM warns about it by name.
                .ignoring("/tmp/jffi\\d+\\.so"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotNeedTheApplicationsMissingNatives(Jdk jdk, @TempDir Path folder) {
        shouldMeasure(new Trial(jdk, folder).with(jvm -> jvm.classPath(Libs.classPath("jnr"))));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotReadTheApplicationsBootProperties(Jdk jdk, @TempDir Path folder) throws IOException {
        Path properties = entry(folder, "boot.properties", "jffi.boot.library.path=/nonexistent\n");
        shouldMeasure(new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(properties + ":" + Libs.classPath("jnr", "jnr-native"))));
    }
}
