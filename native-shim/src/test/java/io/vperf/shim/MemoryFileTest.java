package io.vperf.shim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryFileTest {

    private static final String NAME = "vperf-memory-file-test";

    private final MemoryFile file = Loaded.value(MemoryFile.create(Loaded.natives(), NAME));
    private final Path path = Path.of(file.path());

    @AfterEach
    void close() {
        file.close();
    }

    private String readAll() throws IOException {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer part = file.next(); part.hasRemaining(); part = file.next()) {
            text.append(UTF_8.decode(part));
        }
        return text.toString();
    }

    @Test
    void shouldBeEmptyAtFirst() throws Exception {
        assertThat(readAll()).isEmpty();
    }

    @Test
    void shouldReadWhatWasAppendedSince() throws Exception {
        Files.writeString(path, "one", APPEND);
        assertThat(readAll()).isEqualTo("one");

        Files.writeString(path, "two", APPEND);
        Files.writeString(path, "three", APPEND);
        assertThat(readAll()).isEqualTo("twothree");
        assertThat(readAll()).isEmpty();
    }

    @Test
    void shouldTakeNoMoreMemoryThanWaitsToBeRead() throws Exception {
        String part = "0123456789abcdef".repeat(2500);
        for (int i = 0; i < 100; i++) {
            Files.writeString(path, part, APPEND);
            assertThat(readAll()).isEqualTo(part);
        }

        assertThat(Files.size(path)).isEqualTo(4_000_000);
        Command.Result blocks = Command.run(
                "stat", "-L", "-c", "%b", "/proc/" + ProcessHandle.current().pid() + "/fd/" + path.getFileName());
        assertThat(Long.parseLong(blocks.output().strip()) * 512)
                .as("bytes taken")
                .isLessThanOrEqualTo(2 << 16);
    }

    @Test
    void shouldBeReadToItsEndByWhoHasItOpenWhenItIsClosed() throws Exception {
        try (var writer = Files.newOutputStream(path, APPEND)) {
            file.close();

            writer.write(1);
        }
        assertThat(path).doesNotExist();
        assertThatThrownBy(file::next).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void shouldNotBeInheritedByPrograms() {
        assertThat(Command.run("ls", "-l", "/proc/self/fd").output()).doesNotContain(NAME);
        assertThat(Command.run("ls", "-l", "/proc/" + ProcessHandle.current().pid() + "/fd")
                        .output())
                .contains(NAME);
    }
}
