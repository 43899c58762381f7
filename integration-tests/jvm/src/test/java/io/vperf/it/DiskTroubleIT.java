package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiskTroubleIT {

    private static final String APP = "io.vperf.it.apps.Service";
    private static final String WORK = APP + ".work(int)";
    private static final String FAILED = "vperf: cannot write ";
    private static final String AGAIN = " is possible again; the waiting intervals are written";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldGoOnWithoutAFileInAFolderThatCannotBeWritten(Jdk jdk, @TempDir Path folder) throws Exception {
        boolean root = command("id", "-u").output().equals("0");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Jvm jvm = new Jvm(jdk, folder).agent("dump=closed/x.hlog");
        if (root) {
            assumeTrue(
                    command("setpriv", "--version").status() == 0,
                    "root may write everywhere, and there is no setpriv to become somebody else");
            jvm.startedBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

        Jvm.Finished run = jvm.run("io.vperf.it.apps.Hello", "100");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.out()).startsWith("calls=100 ");
        assertThat(run.err())
                .containsOnlyOnce(FAILED)
                .contains("closed/x.hlog", "permission denied", "dump=PATH", "lost; the report of the run has them")
                .contains("io.vperf.it.apps.Hello.work(int)", "No dump file was written.");
        assertThat(closed).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteWhatHasWaitedOnceTheFolderIsThere(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("interval=200ms,dump=late/x.hlog");
        Process process = jvm.start(APP, "wait", "0");
        jvm.await(process, "stderr", FAILED);
        Thread.sleep(500); // let some intervals wait
        Files.createDirectory(folder.resolve("late"));
        jvm.await(process, "stderr", AGAIN);
        Files.createFile(folder.resolve("stop"));

        Jvm.Finished run = jvm.finish(process);

        assertNothingLost(run, folder.resolve("late/x.hlog"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteWhatHasWaitedOnceAFullDiskHasRoom(Jdk jdk, @TempDir Path folder) throws Exception {
        fullDisk(jdk, folder, 40 << 10);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeginTheFileOnceADiskThatWasFullFromTheStartHasRoom(Jdk jdk, @TempDir Path folder) throws Exception {
        fullDisk(jdk, folder, 64 << 10);
    }

    /** A disk of 256 kB of which all but 64 kB are taken, and of these some more. */
    private static void fullDisk(Jdk jdk, Path folder, int taken) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Command mount = command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        assumeTrue(mount.status() == 0, "cannot mount a small tmpfs: " + mount.output());
        try {
            Path filler = Files.write(disk.resolve("filler"), new byte[(192 << 10) + taken]);
            Jvm jvm = new Jvm(jdk, folder).agent("interval=100ms,dump=disk/x.hlog");
            Process process = jvm.start(APP, "wait", "0");
            jvm.await(process, "stderr", FAILED);
            Thread.sleep(300); // let some intervals wait
            Files.delete(filler);
            jvm.await(process, "stderr", AGAIN);
            Files.createFile(folder.resolve("stop"));

            Jvm.Finished run = jvm.finish(process);

            assertThat(run.err()).contains("No space left on device");
            assertNothingLost(run, disk.resolve("x.hlog"));
        } finally {
            // Lazily: after a failure the program may still be there.
            command("umount", "-l", disk.toString());
        }
    }

    private static void assertNothingLost(Jvm.Finished run, Path file) {
        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce(FAILED).containsOnlyOnce(AGAIN);
        Dump dump = Dump.read(file);
        assertThat(dump.calls(WORK)).isEqualTo(run.printed("calls"));
        assertThat(dump.health("dumpsFailed")).isPositive();
        assertThat(dump.health("dumpsDropped")).isZero();
        assertThat(dump.health("suppressedErrors")).isZero();
        long endMs = dump.run().get("startedMs").getAsLong();
        for (var interval : dump.lines("interval")) {
            assertThat(interval.get("startMs").getAsLong()).isEqualTo(endMs);
            endMs = interval.get("endMs").getAsLong();
        }
    }

    private record Command(int status, String output) {}

    private static Command command(String... words) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new Command(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Command(127, e.toString());
        }
    }
}
