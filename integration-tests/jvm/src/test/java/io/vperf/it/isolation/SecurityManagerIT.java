package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A security manager, which JDK 24 and later do not have. */
class SecurityManagerIT {

    private static final String APP = "io.vperf.it.apps.Hello";

    /** vperf starts with this application's code on the stack, which no policy trusts. */
    private static final String LATE = "io.vperf.it.isolation.apps.Late";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldStepAsideInOneLineWhereThePolicyForbidsIt(Jdk jdk, @TempDir Path folder) {
        assumeTrue(jdk.feature() < 24, "JDK 24 and later start with no security manager");
        Trial trial = new Trial(jdk, folder).with(jvm -> jvm.option("-Djava.security.manager"));
        Jvm.Finished without = trial.run("without", jvm -> jvm.agent(null), APP, "1000");
        Jvm.Finished with = trial.run("with", jvm -> {}, APP, "1000");

        assertThat(with.out()).isEqualTo(without.out()).startsWith("calls=1000 ");
        assertThat(with.status()).isZero();
        assertThat(with.err()).startsWith(without.err());
        assertThat(with.err().substring(without.err().length()))
                .startsWith("vperf: not started, the application runs on without it: ")
                .contains("access denied")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWhereThePolicyTrustsIt(Jdk jdk, @TempDir Path folder) throws IOException {
        assumeTrue(jdk.feature() < 24, "JDK 24 and later start with no security manager");
        Path policy = Files.writeString(
                folder.resolve("policy"),
                "grant codeBase \"" + Jvm.VPERF_JAR.toUri() + "\" { permission java.security.AllPermission; };\n");
        Dump dump = new Trial(jdk, folder)
                .with(jvm -> jvm.option("-Djava.security.manager"))
                .with(jvm -> jvm.option("-Djava.security.policy=" + policy))
                .unharmed(LATE, "1000");

        assertThat(dump.calls(LATE + "$Work.work(int)")).isEqualTo(1000);
        assertThat(Trial.cpuClock(dump)).isIn(Trial.NATIVE_CPU_CLOCKS);
    }
}
