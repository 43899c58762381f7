package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPidTest {

    @Test
    void shouldAgreeWithTheJvm() {
        assertThat(OwnPid.read(Path.of("/"))).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void shouldReadTheLink(@TempDir Path root) throws IOException {
        Files.createDirectory(root.resolve("proc"));
        Files.createSymbolicLink(root.resolve("proc/self"), Path.of("4711"));

        assertThat(OwnPid.read(root)).isEqualTo(4711);
    }

    @Test
    void shouldAskTheJvmWithoutALink(@TempDir Path root) {
        assertThat(OwnPid.read(root)).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void shouldAskTheJvmWhereTheLinkNamesNoProcess(@TempDir Path root) throws IOException {
        Files.createDirectory(root.resolve("proc"));
        Files.createSymbolicLink(root.resolve("proc/self"), Path.of("elsewhere"));

        assertThat(OwnPid.read(root)).isEqualTo(ProcessHandle.current().pid());
    }
}
