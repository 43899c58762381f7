package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadsIT {

    private static final String WORK = "io.vperf.it.apps.Threads.work(int)";
    private static final String SLEEP = "io.vperf.it.apps.Threads.sleep()";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountEveryCallOfThreadsThatComeAndGo(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "comeAndGo", 1_000, 30);

        assertThat(run.printed("made")).isEqualTo(30_000);
        assertExact(run);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountEveryCallOfManyThreadsAtOnce(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "atOnce", 200, 5_000);

        assertThat(run.printed("made")).isEqualTo(1_000_000);
        assertExact(run);
    }

    /** With monitors they were blocked some hundred times a second, whenever the one that held one had lost its vCPU. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldKeepNoThreadWaitingForAnotherOrForVperf(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder).agent("interval=1s"), "contended", 4, 5_000_000);

        assertThat(run.printed("waits")).isZero();
        assertExact(run);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountEveryCallOfTheCommonPoolInBoundedMemory(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder).option("-Xmx48m"), "commonPool", 5_000, 3);

        assertThat(run.printed("made")).isEqualTo(15_000);
        assertExact(run);
    }

    /** JDK 19 and later do this to threads of the common pool, others to theirs. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLoseNothingWhenThreadLocalsAreErased(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(
                new Jvm(jdk, folder).option("-Xmx48m").option("--add-opens=java.base/java.lang=ALL-UNNAMED"),
                "erased",
                10_000,
                3);

        assertThat(run.printed("made")).isEqualTo(30_000 + 4);
        assertExact(run);
        assertThat(run.dump().calls("io.vperf.it.apps.Threads.around(java.lang.reflect.Field)"))
                .isEqualTo(1);
        assertThat(run.dump().health("lostFrames")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureEveryCallOfVirtualThreads(Jdk jdk, @TempDir Path folder) {
        assumeTrue(jdk.feature() >= 21, jdk + " has no virtual threads, JDK 21 and later have");

        Jvm.Finished run = run(new Jvm(jdk, folder).verified(), "virtual", 10_000, 4);

        assertThat(run.printed("made")).isEqualTo(40_000);
        Dump dump = run.dump();
        assertThat(dump.calls(WORK)).isEqualTo(30_000);
        assertThat(dump.histogramCount("wall:" + WORK)).isEqualTo(30_000);
        assertThat(dump.calls(SLEEP)).isEqualTo(10_000);
        assertThat(dump.lowest("wall:" + SLEEP)).isGreaterThan(1_900_000);
        assertThat(dump.histogramCount("cpu:" + WORK)).isEqualTo(30_000);
        assertThat(dump.histogramCount("cpu:" + SLEEP)).isEqualTo(10_000);
        assertThat(dump.health("cpuRefused")).isZero();
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldShowACallThatNeverReturns(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run("io.vperf.it.apps.Stuck", "700");

        assertThat(run.status()).isEqualTo(5);
        Dump dump = run.dump();
        var last = dump.lines("method").get(dump.lines("method").size() - 1);
        assertThat(last.get("name").getAsString()).isEqualTo("io.vperf.it.apps.Stuck.hang()");
        assertThat(last.get("calls").getAsLong()).isZero();
        assertThat(last.get("inFlight").getAsLong()).isEqualTo(1);
        assertThat(last.get("oldestInFlightNs").getAsLong()).isBetween(600_000_000L, 60_000_000_000L);
        assertThat(run.err()).contains("1 still running, the oldest for ");
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    private static Jvm.Finished run(Jvm jvm, String kind, int threads, int calls) {
        Jvm.Finished run =
                jvm.run("io.vperf.it.apps.Threads", kind, Integer.toString(threads), Integer.toString(calls));
        assertThat(run.status()).describedAs(run.err()).isZero();
        return run;
    }

    private static void assertExact(Jvm.Finished run) {
        Dump dump = run.dump();
        assertThat(dump.calls(WORK)).isEqualTo(run.printed("made"));
        assertThat(dump.histogramCount("wall:" + WORK)).isEqualTo(run.printed("made"));
        assertThat(dump.health("suppressedErrors")).isZero();
    }
}
