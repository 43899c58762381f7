package io.vperf.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshFileTest {

    private final Path temp;

    FreshFileTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private String create(String name) throws IOException {
        FreshFile file = FreshFile.create(temp.resolve(name));
        file.channel().close();
        return String.valueOf(file.path().getFileName());
    }

    @Test
    void shouldTakeTheFirstFreeNumber() throws IOException {
        assertThat(create("a.hlog")).isEqualTo("a.hlog");
        assertThat(create("a.hlog")).isEqualTo("a-2.hlog");
        Files.createDirectory(temp.resolve("a-3.hlog"));
        assertThat(create("a.hlog")).isEqualTo("a-4.hlog");
    }

    @Test
    void shouldRefuseAFolder() throws IOException {
        Files.createDirectory(temp.resolve("folder"));
        assertThatThrownBy(() -> create("folder")).hasMessageContaining("name a file in it");
    }

    @Test
    void shouldWriteToADeviceAsItIs() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "there is no /dev/null");
        FreshFile file = FreshFile.create(device);
        file.channel().close();
        assertThat(file.path()).isEqualTo(device);
    }

    @Test
    void shouldNotFollowALinkToAnotherFile() throws IOException {
        Path other = Files.writeString(temp.resolve("other"), "mine");
        Files.createSymbolicLink(temp.resolve("a.hlog"), other);
        assertThat(create("a.hlog")).isEqualTo("a-2.hlog");
        assertThat(other).hasContent("mine");
    }

    @Test
    void shouldNotCreateFolders() {
        assertThatThrownBy(() -> create("missing/a.hlog")).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a.hlog, a-2.hlog",
        "d/a.b.hlog, d/a.b-2.hlog",
        "a, a-2",
        "d.x/a, d.x/a-2",
        ".hidden, .hidden-2",
        "d/.hidden, d/.hidden-2"
    })
    void shouldPutTheNumberBeforeTheEnding(String path, String numbered) {
        assertThat(FreshFile.numbered(Path.of(path), "-2")).isEqualTo(Path.of(numbered));
    }
}
