package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import io.vperf.it.isolation.apps.Mixed;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of the JVM that change how code is run, classes are found and memory is had. */
class JvmSettingsIT {

    private static final String APP = "io.vperf.it.isolation.apps.Mixed";

    static Stream<Arguments> settings() {
        List<String> settings = List.of(
                "-Xbootclasspath/a:" + Jvm.VPERF_JAR,
                "-XX:+UseZGC",
                "-XX:+UseSerialGC",
                "-Xint",
                "-XX:TieredStopAtLevel=1",
                "-Xss256k",
                "-Xmx16m",
                "-Xshare:off");
        return Jdk.all().stream().flatMap(jdk -> settings.stream().map(setting -> Arguments.of(jdk, setting)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldMeasureUnder(Jdk jdk, String setting, @TempDir Path folder) {
        Dump dump = new Trial(jdk, folder).with(jvm -> jvm.option(setting)).unharmed(APP);

        assertThat(dump.calls(APP + ".quick(int)")).isEqualTo(Mixed.CALLS * Mixed.THREADS);
        assertThat(dump.calls(APP + ".recursive(int)")).isEqualTo(101 * Mixed.THREADS);
        assertThat(dump.calls(APP + "$Thing.<init>(int)")).isEqualTo(20 * Mixed.THREADS);
        assertThat(dump.sum(APP + "$Thing.<init>(int)", "exceptions")).isEqualTo(10 * Mixed.THREADS);
        assertThat(Trial.cpuClock(dump)).isIn(Trial.NATIVE_CPU_CLOCKS);
    }
}
