package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A /proc with the processes and nothing else, as hardened containers have it. */
class HiddenProcIT {

    private static final String APP = "io.vperf.it.apps.Calls";
    private static final String OUTER = APP + ".outer(int)";

    private static final List<String> HIDDEN = List.of(
            "unshare",
            "-m",
            "-p",
            "-f",
            "sh",
            "-c",
            "mount -t proc -o hidepid=2,subset=pid proc /proc || exit 97; exec \"$@\"",
            "sh");

    @BeforeAll
    static void needsMounts() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(HIDDEN);
        command.addAll(List.of("test", "!", "-e", "/proc/stat"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, () -> "cannot mount such a /proc (needs root, Linux 5.8): " + said);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotTakeStealForKnown(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run =
                new Jvm(jdk, folder).startedBy(HIDDEN.toArray(String[]::new)).run(APP, "nesting");

        assertThat(run.status()).describedAs(run.err()).isZero();
        Dump dump = run.dump();
        assertThat(dump.calls(OUTER)).isEqualTo(200);
        assertThat(dump.sum(OUTER, "cpuNs")).isPositive();
        assertThat(dump.run().get("steal").getAsString())
                .startsWith("unknown: /proc/stat (No such file or directory) cannot be read");
        assertThat(dump.run().getAsJsonArray("capabilities"))
                .extracting(c -> c.getAsJsonObject().get("remedy").getAsString())
                .anyMatch(remedy -> remedy.contains("subset=pid"));
        assertThat(dump.lines("method")).noneMatch(line -> line.has("stolenNs") || line.has("correctedNs"));
        assertThat(run.err())
                .contains("Steal: unknown", ", stolen unknown")
                .doesNotContain("no steal sample", "uncorrectedUnknownShare");
        assertThat(dump.health("suppressedErrors")).isZero();
    }
}
