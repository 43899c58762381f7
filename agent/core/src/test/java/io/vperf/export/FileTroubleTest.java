package io.vperf.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {

    private final Path temp;

    FileTroubleTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private static String reading(Path file) {
        return FileTrouble.of(file, catchThrowableOfType(IOException.class, () -> Files.readAllBytes(file)));
    }

    private static String writing(Path file) {
        return FileTrouble.ofWriting(file, catchThrowableOfType(IOException.class, () -> FreshFile.create(file)));
    }

    @Test
    void shouldNameAFolder() {
        assertThat(reading(temp)).isEqualTo("is a folder: name a file in it");
        assertThat(writing(temp)).isEqualTo("is a folder: name a file in it");
    }

    @Test
    void shouldNameWhatIsMissing() {
        Path folder = temp.resolve("none");
        assertThat(reading(temp.resolve("x"))).isEqualTo("no such file");
        assertThat(writing(folder.resolve("x")))
                .isEqualTo("there is no folder " + folder + ": create it, or name another");
    }

    @Test
    void shouldGiveTheSystemsReasonWithoutJavasNames() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThat(reading(file.resolve("x"))).isEqualTo("Not a directory");
        assertThat(FileTrouble.of(file, new IOException("No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileTrouble.of(file, new AccessDeniedException("file")))
                .isEqualTo("permission denied for the user '" + System.getProperty("user.name") + "'");
        assertThat(FileTrouble.ofWriting(temp.resolve("x"), new AccessDeniedException("x")))
                .endsWith(" in the folder " + temp + ": name another");
    }

    /** The system says of it that there is no such file. */
    @Test
    void shouldNameAFolderThatTakesNoFiles() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
        assertThat(writing(Path.of("/proc/vperf.html"))).isEqualTo("the folder /proc takes no new files: name another");
    }

    @Test
    void shouldFallBackOnJavasNameWhereThereIsNothingElse() {
        assertThat(FileTrouble.of(temp.resolve("x"), new IOException())).isEqualTo("java.io.IOException");
    }
}
