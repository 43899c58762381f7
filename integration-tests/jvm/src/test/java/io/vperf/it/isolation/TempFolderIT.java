package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders in which a library cannot be put for a moment. Each JVM sees them so in a mount namespace of its own. */
class TempFolderIT {

    private static final String APP = "io.vperf.it.apps.Hello";

    /** First argument: mount option; then folders up to "--", then the program. */
    private static final String MOUNT = "option=$1; shift; while [ \"$1\" != -- ]; do"
            + " mount --bind \"$1\" \"$1\" && mount -o \"remount,bind,$option\" \"$1\" || exit 97; shift; done; shift;"
            // The working folder is entered anew: a process stays in what lies below a mount.
            + " cd \"$PWD\"; exec \"$@\"";

    @BeforeAll
    static void needsMounts() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, () -> "cannot mount in a namespace of its own (needs root): " + said);
    }

    private static void mounted(Jvm jvm, String option, List<Path> folders) {
        List<String> program = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", MOUNT, "sh", option));
        folders.forEach(folder -> program.add(folder.toString()));
        program.add("--");
        jvm.startedBy(program.toArray(String[]::new));
    }

    private static Dump shouldMeasure(Trial trial) {
        Dump dump = trial.unharmed(APP, "1000");

        assertThat(dump.calls(APP + ".work(int)")).isEqualTo(1000);
        assertThat(dump.sum(APP + ".work(int)", "cpuNs")).isPositive();
        return dump;
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPassOverATempFolderMountedNoexec(Jdk jdk, @TempDir Path folder, @TempDir Path temp) {
        Dump dump = shouldMeasure(new Trial(jdk, folder)
                .with(jvm -> jvm.option("-Djava.io.tmpdir=" + temp))
                .with(jvm -> mounted(jvm, "noexec", List.of(temp))));

        assertThat(Trial.cpuClock(dump)).isIn(Trial.NATIVE_CPU_CLOCKS);
        assertThat(temp).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPassOverAReadOnlyTempFolder(Jdk jdk, @TempDir Path folder, @TempDir Path temp) {
        Dump dump = shouldMeasure(new Trial(jdk, folder)
                .with(jvm -> jvm.option("-Djava.io.tmpdir=" + temp))
                .with(jvm -> mounted(jvm, "ro", List.of(temp))));

        assertThat(Trial.cpuClock(dump)).isIn(Trial.NATIVE_CPU_CLOCKS);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldFallBackOnTheMxBeanWhereNoFolderWillDo(Jdk jdk, @TempDir Path folder, @TempDir Path temp)
            throws IOException {
        Path home = Files.createDirectories(temp.resolve("home"));
        Files.createDirectories(home.resolve(".cache"));
        Files.createDirectories(temp.resolve("run"));
        List<Path> all = List.of(temp, folder, Path.of("/dev/shm"), Path.of("/var/tmp"));
        Dump dump = shouldMeasure(new Trial(jdk, folder)
                .with(jvm -> jvm.option("-Djava.io.tmpdir=" + temp))
                .with(jvm -> jvm.option("-Duser.home=" + home))
                .with(jvm ->
                        jvm.environment("XDG_RUNTIME_DIR", temp.resolve("run").toString()))
                .with(jvm -> mounted(jvm, "noexec", all)));

        assertThat(Trial.cpuClock(dump)).isEqualTo("ThreadMXBean");
        var code = Trial.capability(dump, "native code");
        assertThat(code.get("available").getAsBoolean()).isFalse();
        assertThat(code.get("detail").getAsString())
                .contains(
                        temp + ": java.lang.UnsatisfiedLinkError",
                        temp.resolve("run") + ": ",
                        "/dev/shm: ",
                        "/var/tmp: ",
                        home.resolve(".cache") + ": ",
                        folder.resolve("with") + ": ");
        assertThat(code.get("remedy").getAsString()).contains("java.io.tmpdir");
        assertThat(dump.run().get("steal").getAsString()).startsWith("unknown: ");
    }
}
