package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The clock that watches rseq beside others that use it, in processes that fork, attach native threads and end in a hurry. */
class RseqIT {

    private static final String BUSY = "io.vperf.it.apps.Busy";
    private static final String ATTACHED = "io.vperf.it.apps.Attached";
    private static final String SPINNING = "io.vperf.it.apps.Spinning";
    private static final String LEAVING = "io.vperf.it.apps.Leaving";
    private static final String NO_RSEQ_BY_GLIBC = "glibc.pthread.rseq=0";

    private static Stream<Arguments> with(String... values) {
        return Jdk.all().stream().flatMap(jdk -> Stream.of(values).map(value -> Arguments.of(jdk, value)));
    }

    static Stream<Arguments> clocks() {
        return with("rseq", "syscall", "off");
    }

    static Stream<Arguments> users() {
        return with("first", "second", "fork");
    }

    static Stream<Arguments> launches() {
        return with("FORK", "VFORK", "POSIX_SPAWN");
    }

    static Stream<Arguments> ends() {
        return with("exit", "halt", "term");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldRegisterItsOwnAreaWhereGlibcDoesNot(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("cpu=rseq")
                .environment("GLIBC_TUNABLES", NO_RSEQ_BY_GLIBC)
                .run(BUSY, "8", "50");

        assertBusy(run);
        assertClock(run, "rseq");
        assertThat(run.dump().health("clockDegraded")).isZero();
    }

    /** Both in glibc's area. Each overwrites the descriptor of the other. */
    @ParameterizedTest
    @MethodSource("users")
    void shouldShareGlibcsAreaWithAnotherUser(Jdk jdk, String user, @TempDir Path folder) {
        Jvm.Finished run = withUser(jdk, folder, user).agent("cpu=rseq").run(BUSY, "8", "50");

        assertBusy(run);
        assertClock(run, "rseq");
        assertThat(run.dump().health("clockDegraded")).isZero();
        assertUser(run, user);
    }

    /** One of them has registered a thread first, and the other has to do without. */
    @ParameterizedTest
    @MethodSource("users")
    void shouldLeaveAThreadToWhoeverRegisteredItFirst(Jdk jdk, String user, @TempDir Path folder) {
        Jvm.Finished run = withUser(jdk, folder, user)
                .environment("GLIBC_TUNABLES", NO_RSEQ_BY_GLIBC)
                .run(BUSY, "8", "50");

        assertBusy(run);
        if (!user.equals("second")) {
            assertThat(run.dump().run().toString())
                    .contains("another library has registered rseq for this thread (EINVAL)");
        }
        assertUser(run, user);
    }

    private static Jvm withUser(Jdk jdk, Path folder, String user) {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the other user of rseq is written for x86-64");
        Path library = CLibrary.compile("rseq_user", folder);
        return new Jvm(jdk, folder)
                .environment("LD_PRELOAD", library.toString())
                .environment("RSEQ_USER", user);
    }

    private static void assertUser(Jvm.Finished run, String user) {
        assertThat(run.err()).contains("rseq_user: EXACT: ").doesNotContain("WRONG", "DIED");
        if (user.equals("fork")) {
            assertThat(run.err()).contains("child ended well");
        }
    }

    @ParameterizedTest
    @MethodSource("launches")
    void shouldSurviveProgramsStartedMeanwhile(Jdk jdk, String launch, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("cpu=rseq")
                .option("-Djdk.lang.Process.launchMechanism=" + launch)
                .run(BUSY, "8", "50", "/bin/sh", "-c", "i=0; while [ $i -lt 1000 ]; do i=$((i+1)); done");

        assertBusy(run);
        assertClock(run, "rseq");
        assertThat(run.printed("started")).isPositive();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureNativeThreadsThatAttachAndDetach(Jdk jdk, @TempDir Path folder) {
        assumeTrue(Files.exists(jdk.home().resolve("include/jni.h")), jdk + " has no jni.h");
        Path library = CLibrary.compile(
                "attach",
                folder,
                "-I" + jdk.home().resolve("include"),
                "-I" + jdk.home().resolve("include/linux"));
        for (String tunables : List.of("", NO_RSEQ_BY_GLIBC)) {
            Path own = folder.resolve("run" + tunables.length());
            createFolder(own);
            Jvm.Finished run = new Jvm(jdk, own)
                    .agent("cpu=rseq")
                    .environment("GLIBC_TUNABLES", tunables)
                    .run(ATTACHED, library.toString(), "8", "300");

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.printed("failed")).isZero();
            assertThat(run.printed("made")).isEqualTo(24_000);
            assertThat(run.dump().calls(ATTACHED + ".work(int)")).isEqualTo(24_000);
            assertThat(run.dump().sum(ATTACHED + ".work(int)", "cpuUnknownCalls"))
                    .isZero();
            assertClock(run, "rseq");
            assertHealthy(run);
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldEndInTheMidstOfMeasuredCallsAsWithoutVperf(Jdk jdk, String end, @TempDir Path folder) {
        Jvm jvm = new Jvm(jdk, folder).agent("cpu=rseq,interval=100ms");
        Process process = jvm.start(LEAVING, end);
        if (end.equals("term")) {
            jvm.await(process, "stdout", "inside");
            process.destroy();
        }
        Jvm.Finished run = jvm.finish(process);

        assertThat(run.status()).as(run.err()).isEqualTo(end.equals("exit") ? 3 : end.equals("halt") ? 4 : 143);
        assertHealthy(run);
    }

    /**
     * The kernel switches a busy thread out as it answers what its CPU time is. Without care that is between two calls, whose
     * times then do not contain it: of these threads' time 20 % were found in their calls.
     */
    @ParameterizedTest
    @MethodSource("clocks")
    void shouldFindTheWaitsOfSpinningThreadsInTheirCalls(Jdk jdk, String clock, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).agent("cpu=" + clock).run(SPINNING, "8", "2000", "70");

        assertThat(run.status()).as(run.err()).isZero();
        double share = (double) run.dump().sum(SPINNING + ".spin(long)", "wallNs") / run.printed("elapsedNs");
        assertThat(share).isBetween(0.9, 1.1);
        assertHealthy(run);
    }

    private static void assertBusy(Jvm.Finished run) {
        assertThat(run.status()).as(run.err()).isZero();
        Dump dump = run.dump();
        assertThat(dump.calls(BUSY + ".shortCall(int)")).isEqualTo(run.printed("shortCalls"));
        assertThat(dump.sum(BUSY + ".whole(int)", "cpuUnknownCalls")).isZero();
        assertThat(dump.sum(BUSY + ".whole(int)", "cpuNs"))
                .isCloseTo(run.printed("cpuNs"), Percentage.withPercentage(2));
        assertHealthy(run);
    }

    private static void assertClock(Jvm.Finished run, String name) {
        JsonObject clocks = run.dump().run().getAsJsonObject("clocks");
        assertThat(clocks.get("cpu").getAsString()).as(clocks.toString()).isEqualTo(name);
    }

    private static void assertHealthy(Jvm.Finished run) {
        Dump dump = run.dump();
        for (String key : List.of("suppressedErrors", "clockBackwards", "clockRefuted", "lostFrames")) {
            assertThat(dump.health(key)).as(key).isZero();
        }
        try (Stream<Path> files = Files.list(run.folder())) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(name -> name.startsWith("hs_err"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
