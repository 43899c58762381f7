package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.export.Snapshots;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to a dump file while it is written: by hand, by a cron job, by logrotate. */
class LostDumpFilesTest {

    private final TestHealth health = new TestHealth();
    private final Path temp;
    private final Path file;
    private HlogWriter writer;

    LostDumpFilesTest(@TempDir Path temp) {
        this.temp = temp;
        this.file = temp.resolve("a.hlog");
        this.writer = writer(0, 3);
    }

    private HlogWriter writer(long rotateBytes, int keep) {
        return new HlogWriter(file, Snapshots.header(), rotateBytes, keep, 1 << 20, health.health(), health.log());
    }

    @BeforeEach
    void writeTwoIntervals() {
        writer.begin();
        writer.accept(HlogText.numbered(0));
        writer.accept(HlogText.numbered(1));
    }

    @AfterEach
    void finish() {
        writer.finish();
    }

    private void assertLost(String how) {
        assertThat(health.total(Trouble.DUMP_FILES_LOST)).isEqualTo(1);
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
        assertThat(health.said().lines())
                .singleElement()
                .asString()
                .startsWith("vperf: the dump file " + file + " " + how + " while the JVM ran; another is begun, ")
                .contains("intervals before 2023-11-14T22:13:22Z are not in the new one");
        assertThat(writer.missing()).singleElement().asString().contains(how, "before 2023-11-14T22:13:22Z");
    }

    @Test
    void shouldBeginADeletedFileAnew() throws IOException {
        Files.delete(file);
        writer.accept(HlogText.numbered(2));
        writer.accept(HlogText.numbered(3));

        assertThat(HlogText.numbers(file)).containsExactly(2, 3);
        assertThat(writer.files()).containsExactly(file);
        assertLost("was deleted or renamed");
    }

    @Test
    void shouldLeaveARenamedFileAlone() throws IOException {
        Path renamed = Files.move(file, temp.resolve("a.hlog.1"));
        writer.accept(HlogText.numbered(2));

        assertThat(HlogText.numbers(renamed)).containsExactly(0, 1);
        assertThat(HlogText.numbers(file)).containsExactly(2);
        assertLost("was deleted or renamed");
    }

    /** As {@code > a.hlog} and logrotate's copytruncate do. */
    @Test
    void shouldUseAnEmptiedFileOnFromItsBeginning() throws IOException {
        try (RandomAccessFile emptied = new RandomAccessFile(file.toFile(), "rw")) {
            emptied.setLength(0);
        }
        writer.accept(HlogText.numbered(2));
        writer.accept(HlogText.numbered(3));

        assertThat(HlogText.numbers(file)).containsExactly(2, 3);
        assertThat(writer.files()).containsExactly(file);
        assertThat(temp).isDirectoryNotContaining("glob:**-2.hlog");
        assertLost("was emptied");
    }

    @Test
    void shouldNotTouchAFileThatHasTakenThePlace() throws IOException {
        Files.delete(file);
        Files.writeString(file, "mine");
        writer.accept(HlogText.numbered(2));

        assertThat(file).hasContent("mine");
        assertThat(HlogText.numbers(temp.resolve("a-2.hlog"))).containsExactly(2);
        assertThat(writer.files()).containsExactly(temp.resolve("a-2.hlog"));
        assertLost("was replaced by another");
    }

    @Test
    void shouldGoOnBesideAFolderThatHasTakenThePlace() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        writer.accept(HlogText.numbered(2));

        assertThat(HlogText.numbers(temp.resolve("a-2.hlog"))).containsExactly(2);
        assertThat(writer.files()).containsExactly(temp.resolve("a-2.hlog"));
    }

    @Test
    void shouldLeaveWhatIsLeftOfAFileThatWasCut() throws IOException {
        long left = Files.size(file) - 100;
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(left);
        }
        writer.accept(HlogText.numbered(2));

        assertThat(file).hasSize(left);
        assertThat(writer.files()).containsExactly(temp.resolve("a-2.hlog"));
        assertThat(HlogText.numbers(temp.resolve("a-2.hlog"))).containsExactly(2);
        assertLost("was cut short");
    }

    @Test
    void shouldFollowALinkToTheFileThatWasMoved() throws IOException {
        Path moved = Files.move(file, temp.resolve("moved.hlog"));
        Files.createSymbolicLink(file, moved);
        writer.accept(HlogText.numbered(2));

        assertThat(HlogText.numbers(moved)).containsExactly(0, 1, 2);
        assertThat(health.said()).isEmpty();
    }

    @Test
    void shouldNotNameAFileThatIsGoneAtTheEnd() throws IOException {
        Files.delete(file);
        assertThat(writer.files()).isEmpty();
    }

    @Test
    void shouldKeepWhatFollowsUntilTheFolderIsThereAgain() throws IOException {
        Path moved = temp.resolveSibling(temp.getFileName() + "-moved");
        Files.move(temp, moved);
        try {
            writer.accept(HlogText.numbered(2));
            assertThat(writer.files()).isEmpty();
            assertThat(health.said()).contains("there is no folder " + temp);
            Files.createDirectory(temp);
            writer.accept(HlogText.numbered(3));
            assertThat(HlogText.numbers(file)).containsExactly(2, 3);
            assertThat(HlogText.numbers(moved.resolve("a.hlog"))).containsExactly(0, 1);
        } finally {
            Files.delete(moved.resolve("a.hlog"));
            Files.delete(moved);
        }
    }

    @Test
    void shouldNotRemoveWhatHasTakenTheOldestFilesPlace() throws IOException {
        writer.finish();
        Files.delete(file);
        writer = writer(1, 2);
        writer.accept(HlogText.numbered(0));
        writer.accept(HlogText.numbered(1));
        Path other = Files.writeString(temp.resolve("other"), "mine");
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        writer.accept(HlogText.numbered(2));

        assertThat(file).hasContent("mine");
        assertThat(writer.files()).containsExactly(temp.resolve("a.1.hlog"), temp.resolve("a.2.hlog"));
        assertThat(writer.missing()).containsExactly("Older files of this run that were removed (option keep): 1");
    }

    @Test
    void shouldBeginARotatedFileAnewUnderItsOwnName() throws IOException {
        writer.finish();
        Files.delete(file);
        writer = writer(1, 9);
        writer.accept(HlogText.numbered(0));
        writer.accept(HlogText.numbered(1));
        Files.delete(temp.resolve("a.1.hlog"));
        writer.accept(HlogText.numbered(2));
        writer.accept(HlogText.numbered(3));

        assertThat(HlogText.numbers(file)).containsExactly(0);
        assertThat(HlogText.numbers(temp.resolve("a.1.hlog"))).containsExactly(2);
        assertThat(HlogText.numbers(temp.resolve("a.2.hlog"))).containsExactly(3);
        assertThat(writer.files()).hasSize(3);
    }

    @Test
    void shouldTakeADeviceAsItIs() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "there is no /dev/null");
        HlogWriter toDevice = new HlogWriter(device, Snapshots.header(), 0, 1, 1 << 20, health.health(), health.log());
        toDevice.accept(HlogText.numbered(0));
        toDevice.accept(HlogText.numbered(1));
        toDevice.finish();
        assertThat(health.said()).isEmpty();
    }
}
