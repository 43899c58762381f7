package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.export.Snapshots;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HlogWriterTest {

    private static final long ENOUGH = 1 << 20;

    private static final int INTERVAL_BYTES = new HlogEncoder(Snapshots.header()).interval(HlogText.numbered(0)).length;

    private final TestHealth health = new TestHealth();
    private final Path temp;

    HlogWriterTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private HlogWriter writer(Path path, long rotateBytes, int keep, long backlogBytes) {
        return new HlogWriter(path, Snapshots.header(), rotateBytes, keep, backlogBytes, health.health(), health.log());
    }

    @Test
    void shouldCreateTheFileAtOnce() {
        Path file = temp.resolve("a.hlog");
        HlogWriter writer = writer(file, 0, 1, ENOUGH);
        writer.begin();
        assertThat(HlogText.numbers(file)).isEmpty();
        writer.finish();
    }

    @Test
    void shouldHaveEachIntervalInTheFileWhenItIsAccepted() {
        Path file = temp.resolve("a.hlog");
        HlogWriter writer = writer(file, 0, 1, ENOUGH);
        writer.begin();
        writer.accept(HlogText.numbered(0));
        assertThat(HlogText.numbers(file)).containsExactly(0);
        writer.accept(HlogText.numbered(1));
        assertThat(HlogText.numbers(file)).containsExactly(0, 1);
        writer.finish();
        assertThat(health.said()).isEmpty();
    }

    @Test
    void shouldNeverTouchAFileThatExists() throws IOException {
        Path file = Files.writeString(temp.resolve("a.hlog"), "mine");
        HlogWriter writer = writer(file, 0, 1, ENOUGH);
        writer.begin();
        writer.accept(HlogText.numbered(0));
        writer.finish();

        assertThat(file).hasContent("mine");
        assertThat(writer.files()).containsExactly(temp.resolve("a-2.hlog"));
        assertThat(HlogText.numbers(temp.resolve("a-2.hlog"))).containsExactly(0);
    }

    @Test
    void shouldNeverRemoveADeviceThatTakesNothing() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
        Path full = Files.createSymbolicLink(temp.resolve("full"), Path.of("/dev/full"));
        HlogWriter writer = writer(full, 0, 1, ENOUGH);
        writer.begin();
        writer.accept(HlogText.numbered(0));
        writer.finish();

        assertThat(full).isSymbolicLink();
        assertThat(health.said()).contains("cannot write", "1 interval could not be written to");
    }

    /** Begins to write, and to read it. */
    private static Process readWhatIsWritten(HlogWriter writer, Path pipe, Path copy) throws IOException {
        ProcessBuilder cat = new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(copy.toFile()));
        Process reader = cat.start();
        while (writer.files().isEmpty()) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("by the time-out")
                    .isFalse();
            if (!reader.isAlive()) {
                reader = cat.start(); // it has seen an end, of an opening that came to nothing
            }
            writer.begin();
        }
        return reader;
    }

    @Test
    @Timeout(20)
    void shouldWriteToAPipe() throws Exception {
        Path pipe = temp.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
        Path copy = temp.resolve("copy.hlog");
        HlogWriter writer = writer(pipe, 0, 1, ENOUGH);
        Process reader = readWhatIsWritten(writer, pipe, copy);
        writer.accept(HlogText.numbered(0));
        writer.accept(HlogText.numbered(1));
        writer.finish();
        reader.waitFor();

        assertThat(HlogText.numbers(copy)).containsExactly(0, 1);
    }

    @Test
    @Timeout(20)
    void shouldKeepWhatNobodyReadsFromAPipeUntilSomebodyDoes() throws Exception {
        Path pipe = temp.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
        HlogWriter writer = writer(pipe, 0, 1, ENOUGH);
        writer.begin();
        writer.accept(HlogText.numbered(0));
        assertThat(health.said()).contains("cannot write " + pipe, "nobody reads from this pipe");

        Path copy = temp.resolve("copy.hlog");
        Process reader = readWhatIsWritten(writer, pipe, copy);
        writer.finish();
        reader.waitFor();

        assertThat(HlogText.numbers(copy)).containsExactly(0);
        assertThat(health.said()).contains("is possible again");
    }

    @Test
    void shouldBeginANewFileWhenOneIsFullAndKeepTheLast() {
        HlogEncoder encoder = new HlogEncoder(Snapshots.header());
        int endBytes = encoder.end(Snapshots.STARTED_MS).length;
        long twoIntervals = encoder.header().length + 2L * INTERVAL_BYTES + endBytes;
        HlogWriter writer = writer(temp.resolve("a.hlog"), twoIntervals, 2, ENOUGH);
        writer.begin();
        for (int i = 0; i < 7; i++) {
            writer.accept(HlogText.numbered(i));
        }
        writer.finish();

        assertThat(writer.files()).containsExactly(temp.resolve("a.2.hlog"), temp.resolve("a.3.hlog"));
        assertThat(HlogText.numbers(temp.resolve("a.2.hlog"))).containsExactly(4, 5);
        assertThat(HlogText.numbers(temp.resolve("a.3.hlog"))).containsExactly(6);
        assertThat(temp.resolve("a.2.hlog")).hasSize(twoIntervals - endBytes);
        assertThat(temp.resolve("a.hlog")).doesNotExist();
        assertThat(temp.resolve("a.1.hlog")).doesNotExist();
    }

    @Test
    void shouldEndARunWithItsMarkOnce() {
        Path file = temp.resolve("a.hlog");
        HlogWriter writer = writer(file, 0, 1, ENOUGH);
        writer.accept(HlogText.numbered(0));
        assertThat(HlogText.read(file).ends).isEmpty();
        writer.accept(HlogText.numbered(1));
        writer.finish();
        assertThat(HlogText.read(file).ends).containsExactly(Snapshots.STARTED_MS + 2000);
    }

    /** Room for the mark is left when the intervals are written; a file that is too full anyway takes it, too. */
    @Test
    void shouldNotBeginAFileForTheMarkAlone() throws IOException {
        HlogEncoder encoder = new HlogEncoder(Snapshots.header());
        long full = encoder.header().length + 2L * INTERVAL_BYTES + encoder.end(Snapshots.STARTED_MS).length;
        HlogWriter writer = writer(temp.resolve("full.hlog"), full, 9, ENOUGH);
        writer.accept(HlogText.numbered(0));
        writer.accept(HlogText.numbered(1));
        writer.finish();
        HlogWriter overfull = writer(temp.resolve("overfull.hlog"), 1, 9, ENOUGH);
        overfull.accept(HlogText.numbered(0));
        overfull.finish();

        assertThat(Files.size(temp.resolve("full.hlog"))).isEqualTo(full);
        assertThat(writer.files()).hasSize(1);
        assertThat(overfull.files()).hasSize(1);
        assertThat(HlogText.read(temp.resolve("overfull.hlog")).ends).hasSize(1);
    }

    @Test
    void shouldNotSetTheMarkWhereIntervalsAreMissing() throws IOException {
        Path file = temp.resolve("later/a.hlog");
        HlogWriter writer = writer(file, 0, 1, ENOUGH);
        Files.createDirectory(temp.resolve("later"));
        writer.accept(HlogText.numbered(0));
        Files.delete(file);
        Files.delete(temp.resolve("later"));
        writer.accept(HlogText.numbered(1));
        writer.finish();
        assertThat(temp).isEmptyDirectory();
        assertThat(health.said()).contains("1 interval could not be written");
    }

    @Test
    void shouldPutAnIntervalThatIsLargerThanAFileIntoOneOfItsOwn() {
        HlogWriter writer = writer(temp.resolve("a.hlog"), 1, 10, ENOUGH);
        writer.begin();
        writer.accept(HlogText.numbered(0));
        writer.accept(HlogText.numbered(1));
        writer.finish();

        assertThat(writer.files()).hasSize(2);
        assertThat(HlogText.numbers(temp.resolve("a.hlog"))).containsExactly(0);
        assertThat(HlogText.numbers(temp.resolve("a.1.hlog"))).containsExactly(1);
    }

    @Test
    void shouldKeepIntervalsInMemoryWhileTheFolderIsMissing() throws IOException {
        Path file = temp.resolve("later/a.hlog");
        HlogWriter writer = writer(file, 0, 1, ENOUGH);
        writer.begin();
        writer.accept(HlogText.numbered(0));
        writer.accept(HlogText.numbered(1));
        assertThat(health.total(Trouble.DUMPS_FAILED)).isEqualTo(3);
        assertThat(health.said().lines())
                .as("one clear line")
                .singleElement()
                .asString()
                .contains("cannot write", "dump=PATH");

        Files.createDirectory(temp.resolve("later"));
        writer.accept(HlogText.numbered(2));
        writer.finish();
        assertThat(HlogText.numbers(file)).containsExactly(0, 1, 2);
        assertThat(health.said()).contains("possible again");
        assertThat(health.total(Trouble.DUMPS_DROPPED)).isZero();
    }

    @Test
    void shouldDropTheOldestWhenTheBacklogIsFull() throws IOException {
        Path file = temp.resolve("later/a.hlog");
        HlogWriter writer = writer(file, 0, 1, 3L * INTERVAL_BYTES);
        for (int i = 0; i < 10; i++) {
            writer.accept(HlogText.numbered(i));
        }
        assertThat(health.total(Trouble.DUMPS_DROPPED)).isEqualTo(7);
        Files.createDirectory(temp.resolve("later"));
        writer.accept(HlogText.numbered(10));
        writer.finish();

        assertThat(HlogText.numbers(file)).containsExactly(7, 8, 9, 10);
    }

    @Test
    void shouldSayAtTheEndWhatIsLost() {
        HlogWriter writer = writer(temp.resolve("never/a.hlog"), 0, 1, ENOUGH);
        writer.accept(HlogText.numbered(0));
        writer.finish();
        assertThat(health.said()).contains("1 interval could not be written");
    }

    /** On a file system of 64 KiB. */
    @Test
    void shouldWriteAnIntervalAsAWholeOrNotAtAll() throws Exception {
        Path small = Files.createDirectory(temp.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()),
                "cannot mount a small tmpfs: not root, or not allowed in this container");
        try {
            Path file = small.resolve("a.hlog");
            HlogWriter writer = writer(file, 0, 1, ENOUGH);
            writer.begin();
            int count = 0;
            while (health.total(Trouble.DUMPS_FAILED) == 0) {
                writer.accept(HlogText.numbered(count++));
            }
            assertThat(HlogText.numbers(file))
                    .as("all but the one that did not fit")
                    .hasSize(count - 1);
            long length = Files.size(file);
            writer.accept(HlogText.numbered(count++));
            assertThat(Files.size(file)).isEqualTo(length);

            assertThat(run("mount", "-o", "remount,size=1m", small.toString())).isTrue();
            writer.accept(HlogText.numbered(count++));
            writer.finish();
            assertThat(HlogText.numbers(file)).hasSize(count);
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }
}
