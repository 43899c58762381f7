package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Byte Buddy, HdrHistogram, Gson, ASM and picocli: the application's own, older ones, in use. */
class OwnLibrariesIT {

    private static final String APP = "io.vperf.it.isolation.apps.OwnLibraries";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveTheApplicationItsOwnVersions(Jdk jdk, @TempDir Path folder) {
        Dump dump = new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(Libs.classPath("old-libraries")))
                .unharmed(APP);

        assertThat(dump.calls(APP + ".byteBuddy(int)")).isEqualTo(3);
        assertThat(dump.calls(APP + ".histogram(int)")).isEqualTo(3);
        assertThat(dump.calls(APP + ".gson(java.lang.String)")).isEqualTo(3);
        assertThat(dump.calls(APP + ".asm()")).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotUseTheApplicationsVersionsOnTheBootClassPath(Jdk jdk, @TempDir Path folder) {
        Dump dump = new Trial(jdk, folder)
                .with(jvm -> jvm.classPath(Libs.classPath("old-libraries")))
                .with(jvm -> Libs.jars("old-libraries").forEach(jar -> jvm.option("-Xbootclasspath/a:" + jar)))
                .unharmed("io.vperf.it.apps.Hello", "1000");

        assertThat(dump.calls("io.vperf.it.apps.Hello.work(int)")).isEqualTo(1000);
    }
}
