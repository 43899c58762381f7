package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.it.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** java.util.logging is the application's to initialise, with its own configuration and at its own time. */
class JavaLoggingIT {

    private static final String APP = "io.vperf.it.isolation.apps.LogUser";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotLookForTheApplicationsLogManager(Jdk jdk, @TempDir Path folder) {
        var dump = new Trial(jdk, folder)
                .with(jvm -> jvm.option("-Djava.util.logging.manager=does.not.Exist"))
                .unharmed(APP, "100");

        assertThat(dump.calls(APP + ".work(int)")).isEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveTheApplicationItsLogManager(Jdk jdk, @TempDir Path folder) {
        var dump = new Trial(jdk, folder)
                .with(jvm -> jvm.option("-Djava.util.logging.manager=" + APP + "$Manager"))
                .unharmed(APP, "100", "log");

        assertThat(dump.calls(APP + ".work(int)")).isEqualTo(100);
    }
}
