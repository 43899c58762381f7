package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dump PID}, asked of JVMs that run. */
class DumpCommandIT {

    private static final String APP = "io.vperf.it.apps.Steered";

    private static Jvm.Finished dump(Jdk jdk, Path folder, Process of) throws IOException {
        return new Jvm(jdk, Files.createDirectory(folder.resolve("cli"))).cli("dump", Long.toString(of.pid()));
    }

    /** Without JMX, too. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteTheIntervalAndNameItsFile(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("interval=1h,jmx=off,report=off");
        Process process = jvm.start(APP);
        jvm.await(process, "stdout", "at=");
        Jvm.Finished asked = dump(jdk, folder, process);
        List<String> files = asked.out().lines().toList();
        assertThat(asked.status()).as(asked.err()).isZero();
        assertThat(asked.err()).isEmpty();
        assertThat(files).hasSize(1);
        Dump dump = Dump.read(Path.of(files.get(0)));
        long before = dump.calls("marked");
        assertThat(dump.lines("interval")).hasSize(1);
        assertThat(before).isPositive();

        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = jvm.finish(process);
        assertThat(run.status()).isZero();
        assertThat(run.dumpFiles()).containsExactly(Path.of(files.get(0)));
        assertThat(run.dump().calls("marked")).isEqualTo(run.printed("calls")).isGreaterThan(before);
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump=off,report=off", "report=off"})
    void shouldSayWhyThereIsNoFile(String options, @TempDir Path folder) throws Exception {
        Jdk jdk = Jdk.all().get(0);
        boolean off = options.startsWith("dump=off");
        Jvm jvm = new Jvm(jdk, folder).agent(options);
        Process process = off ? jvm.start(APP) : jvm.start("io.vperf.it.apps.Idle");
        jvm.await(process, "stdout", off ? "at=" : "idle");
        Jvm.Finished asked = dump(jdk, folder, process);
        Files.createFile(folder.resolve("stop"));
        jvm.finish(process);

        assertThat(asked.status()).isEqualTo(1);
        assertThat(asked.out()).isEmpty();
        assertThat(asked.err())
                .startsWith(
                        off
                                ? "vperf: vperf writes no dump there (dump=off); start it with dump=FILE"
                                : "vperf: nothing is measured there yet: no class has been loaded that has something to measure");
        assertThat(asked.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayThatItIsNotThere(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent(null);
        Process process = jvm.start(APP);
        jvm.await(process, "stdout", "at=");
        Jvm.Finished asked = dump(jdk, folder, process);
        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = jvm.finish(process);

        assertThat(asked.status()).isEqualTo(1);
        assertThat(asked.err())
                .startsWith("vperf: vperf is not running in that JVM; java -jar vperf.jar attach starts");
        assertThat(run.err()).doesNotContain("vperf:");
    }
}
