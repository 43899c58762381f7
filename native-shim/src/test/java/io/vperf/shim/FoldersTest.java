package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    private final Path root;

    FoldersTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void shouldListTheTempFolderFirstAndEachOnce() throws Exception {
        Path cache = Files.createDirectories(root.resolve("home/.cache"));
        Path run = Files.createDirectory(root.resolve("run"));
        Map<String, String> properties = Map.of(
                "java.io.tmpdir", root + "/./",
                "user.home", root + "/home",
                "user.dir", root.toString());

        assertThat(Folders.existing(properties::get, Map.of("XDG_RUNTIME_DIR", run.toString())::get))
                .startsWith(root, run)
                .endsWith(cache)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveOutWhatIsUnsetOrDoesNotExist() {
        Map<String, String> properties = Map.of("java.io.tmpdir", root + "/gone", "user.dir", "");

        assertThat(Folders.existing(properties::get, name -> null))
                .isSubsetOf(Path.of("/dev/shm"), Path.of("/var/tmp"));
    }

    /** Half of a character has no code in any locale, as any letter beyond ASCII has none in that of LC_ALL=C. */
    @Test
    void shouldLeaveOutWhatTheLocaleCannotEncode() {
        Map<String, String> properties = Map.of("java.io.tmpdir", "/tmp/a\uD800", "user.dir", root.toString());

        assertThat(Folders.existing(properties::get, name -> null)).contains(root);
    }

    @Test
    void shouldNameFoldersOfThisMachine() {
        assertThat(Natives.defaultFolders()).isNotEmpty().allMatch(Files::isDirectory);
    }
}
