package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExitIT {

    private static final String APP = "io.vperf.it.apps.Service";
    private static final String WORK = APP + ".work(int)";
    private static final String FINISH = APP + ".finish()";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteEverythingAtANormalEnd(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder);
        Process process = jvm.start(APP, "wait", "0");
        jvm.await(process, "stdout", "at=");
        Files.createFile(folder.resolve("stop"));

        Jvm.Finished run = jvm.finish(process);

        assertThat(run.status()).isZero();
        assertComplete(run, 0);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteEverythingAndKeepTheStatusOfSystemExit(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run(APP, "exit", "25");

        assertThat(run.status()).isEqualTo(3);
        assertComplete(run, 25);
    }

    /** The JDK ends the JVM on the thread that asks for it; an interrupt would cut its waits short and close its files. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWriteEverythingWhenAnInterruptedThreadCallsSystemExit(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run(APP, "interrupted", "0");

        assertThat(run.status()).isEqualTo(3);
        assertComplete(run, 0);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountWhatShutdownHooksDoAfterSigterm(Jdk jdk, @TempDir Path folder) {
        Jvm jvm = new Jvm(jdk, folder);
        Process process = jvm.start(APP, "wait", "25");
        jvm.await(process, "stdout", "at=");
        process.destroy();

        Jvm.Finished run = jvm.finish(process);

        assertThat(run.status()).isEqualTo(143);
        Dump dump = run.dump();
        assertThat(dump.calls(FINISH)).isEqualTo(25);
        assertThat(run.err()).contains("vperf report", FINISH);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    /** {@code interval=500ms}: what came before the last interval's end is in the file. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLoseNoMoreThanTheLastIntervalWhenKilled(Jdk jdk, @TempDir Path folder) {
        // No call waits for its correction or its explanation, so each is in the interval in which it ended.
        Jvm jvm = new Jvm(jdk, folder).agent("interval=500ms,dump=killed.hlog,native=off,explain=off");
        Process process = jvm.start(APP, "wait", "0");
        Path file = folder.resolve("killed.hlog");
        jvm.await(process, "stdout", "at=");
        long before = Dump.count(file, "interval");
        jvm.await(process, "two intervals more", () -> Dump.count(file, "interval") >= before + 2);
        long killedMs = System.currentTimeMillis();
        process.destroyForcibly();

        Jvm.Finished run = jvm.finish(process);

        assertThat(run.status()).isEqualTo(137);
        Dump dump = Dump.read(file);
        long lastEndMs = last(dump.lines("interval")).get("endMs").getAsLong();
        assertThat(killedMs - lastEndMs).isLessThan(5_000);
        long callsByThen = 0;
        long callsAtAll = 0;
        for (String line : run.out().lines().filter(l -> l.startsWith("at=")).toList()) {
            int comma = line.indexOf(',');
            // A line that the kill cut off has no number to read.
            if (comma > 0 && comma < line.length() - 1) {
                callsAtAll = Long.parseLong(line.substring(comma + 1));
                callsByThen =
                        Long.parseLong(line.substring("at=".length(), comma)) < lastEndMs ? callsAtAll : callsByThen;
            }
        }
        assertThat(callsByThen).isPositive();
        assertThat(dump.calls(WORK)).isBetween(callsByThen, callsAtAll + 100);
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.lines("end")).isEmpty();
        assertThat(new Jvm(jdk, folder).cli("report", "killed.hlog").out())
                .contains("incomplete   counted up to " + Dump.moment(lastEndMs)
                        + ", without the end of the run: it has not ended, or was killed or halted");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldReadWhatIsLeftOfAFileThatWasCutOff(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("interval=200ms,dump=whole.hlog,report=off");
        Process process = jvm.start(APP, "wait", "0");
        Path file = folder.resolve("whole.hlog");
        jvm.await(process, "stdout", "at=");
        jvm.await(
                process,
                "calls in intervals",
                () -> Dump.count(file, "method") >= 3 && Dump.count(file, "interval") >= 3);
        Files.createFile(folder.resolve("stop"));
        jvm.finish(process);
        String whole = Files.readString(file);
        String kept = whole.substring(0, whole.lastIndexOf("#vperf {\"v\":1,\"kind\":\"method\"") + 40);
        Files.writeString(folder.resolve("cut.hlog"), kept);
        long intervals = kept.lines()
                .filter(line -> line.contains("\"kind\":\"interval\""))
                .count();

        Jvm.Finished report = new Jvm(jdk, folder).cli("report", "cut.hlog");

        assertThat(report.status()).isEqualTo(1);
        assertThat(report.err())
                .contains("vperf: cut.hlog, line " + kept.lines().count() + ": cannot be read and is left out")
                .contains("the file ends within an interval; that interval is left out");
        assertThat(report.out())
                .startsWith("vperf report: " + intervals + " intervals, ")
                .contains(WORK);
    }

    private static void assertComplete(Jvm.Finished run, int atShutdown) {
        Dump dump = run.dump();
        assertThat(dump.calls(WORK)).isEqualTo(run.printed("calls")).isPositive();
        assertThat(dump.calls(FINISH)).isEqualTo(atShutdown);
        assertThat(dump.lines("end")).singleElement().isEqualTo(last(dump.lines()));
        assertThat(run.err()).contains("vperf report", WORK);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
