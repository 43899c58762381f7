package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody deletes or empties the dump while the JVM runs. */
class LostDumpsIT {

    private static final String APP = "io.vperf.it.apps.Service";
    private static final String WORK = APP + ".work(int)";
    private static final String TOLD = " while the JVM ran; another is begun, intervals before ";

    private interface Deed {
        void doTo(Path file) throws Exception;
    }

    private static Jvm.Finished runWhile(Jdk jdk, Path folder, Deed deed) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("interval=200ms,dump=a.hlog,report=off");
        Process process = jvm.start(APP, "wait", "0");
        Path file = folder.resolve("a.hlog");
        jvm.await(process, "two intervals", () -> Dump.count(file, "interval") >= 2);
        deed.doTo(file);
        jvm.await(process, "stderr", TOLD);
        jvm.await(process, "two intervals again", () -> Dump.count(file, "interval") >= 2);
        Files.createFile(folder.resolve("stop"));
        return jvm.finish(process);
    }

    /** What follows is in a file of its own, and that is the one that is named. */
    private static void assertBegunAnew(Jvm.Finished run, String how) {
        Dump dump = run.dump();
        assertThat(dump.file()).hasFileName("a.hlog");
        assertThat(dump.lines("run")).hasSize(1);
        assertThat(dump.calls(WORK)).isPositive().isLessThan(run.printed("calls"));
        long startMs = dump.lines("interval").get(0).get("startMs").getAsLong();
        assertThat(run.err().lines())
                .containsExactly(
                        "vperf: the dump file " + dump.file().toAbsolutePath() + how + TOLD
                                + Instant.ofEpochMilli(startMs)
                                + " are not in the new one (counted from now on, not repeated)",
                        "vperf: histograms written to " + dump.file().toAbsolutePath());
        assertThat(dump.health("dumpFilesLost")).isEqualTo(1);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeginADeletedFileAnew(Jdk jdk, @TempDir Path folder) throws Exception {
        assertBegunAnew(runWhile(jdk, folder, Files::delete), " was deleted or renamed");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeginAnEmptiedFileAnew(Jdk jdk, @TempDir Path folder) throws Exception {
        Deed empty = file -> {
            try (RandomAccessFile emptied = new RandomAccessFile(file.toFile(), "rw")) {
                emptied.setLength(0);
            }
        };
        assertBegunAnew(runWhile(jdk, folder, empty), " was emptied");
    }
}
