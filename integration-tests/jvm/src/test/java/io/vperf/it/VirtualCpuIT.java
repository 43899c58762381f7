package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CPU time of calls on virtual threads, held against what the program itself reads of its carriers' CPU time. */
class VirtualCpuIT {

    private static final String APP = "io.vperf.it.apps.VirtualCpu.";
    private static final String PIECES = APP + "pieces(int,long)";

    /** Of a histogram with two significant digits. */
    private static final double BUCKET = 0.01;

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellTheCpuTimeOfEachOfManyVirtualThreads(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jvm(jdk, folder).patience(120), "pieces", 10_000, 2, 1_500);

        Dump dump = run.dump();
        long knownNs = run.printed("knownNs");
        assertExact(dump, PIECES, 10_000);
        // Beside what the program knows of, a call parks and is continued; a carrier also does what is no call's.
        assertThat(dump.sum(PIECES, "cpuNs"))
                .isBetween(knownNs, run.printed("carriersNs"))
                .isCloseTo(knownNs, withinPercentage(2.5));
        Histogram cpu = Objects.requireNonNull(dump.histograms().get("cpu:" + PIECES.replace(",", "%2C")));
        double callNs = knownNs / 10_000.0;
        assertThat(cpu.getValueAtPercentile(50) / callNs).isBetween(1 - BUCKET, 1.02 + BUCKET);
        assertThat(cpu.getMinValue() / callNs).isGreaterThan(1 - 2 * BUCKET);
        assertThat(cpu.getValueAtPercentile(95) / callNs).isLessThan(1.1);
    }

    /** Long pieces, as carriers have other things to do between two of them. Ten thousand threads in the profile soak. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldAddUpToTheCpuTimeOfTheCarriers(Jdk jdk, @TempDir Path folder) {
        int threads = Integer.getInteger("vperf.test.virtual.threads", 200);

        Jvm.Finished run = run(jvm(jdk, folder).patience(60 + threads / 10), "pieces", threads, 4, 20_000);

        Dump dump = run.dump();
        assertExact(dump, PIECES, threads);
        assertThat(dump.sum(PIECES, "cpuNs"))
                .isBetween(run.printed("knownNs"), run.printed("carriersNs"))
                .isCloseTo(run.printed("carriersNs"), withinPercentage(1));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldFollowAHundredThousandInsideACallAtOnce(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jvm(jdk, folder).option("-Xmx400m").patience(60), "atOnce", 100_000, 0, 20);

        assertThat(run.printed("inside")).isEqualTo(100_000);
        Dump dump = run.dump();
        assertExact(dump, APP + "atOnce(long)", 100_000);
        assertThat(dump.sum(APP + "atOnce(long)", "cpuNs"))
                .isBetween(run.printed("knownNs"), run.printed("carriersNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellTheCpuTimeOfNestedCallsOverManyMounts(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jvm(jdk, folder), "nested", 100, 20, 500);

        Dump dump = run.dump();
        assertExact(dump, APP + "nested(int,long)", 2_000);
        // Of the outermost calls alone, which hold the others.
        assertThat(dump.sum(APP + "nested(int,long)", "cpuNs"))
                .isBetween(run.printed("knownNs"), run.printed("carriersNs"));
        assertThat(dump.lowest("cpu:" + APP + "nested(int%2Clong)")).isGreaterThan(990_000);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellTheCpuTimeOfThreadsThatKeepTheirCarrier(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run =
                run(jvm(jdk, folder).option("-Djdk.reflect.useNativeAccessorOnly=true"), "pinned", 200, 4, 500);

        Dump dump = run.dump();
        assertExact(dump, APP + "pinned(int,long)", 200);
        assertThat(dump.sum(APP + "pinned(int,long)", "cpuNs"))
                .isBetween(run.printed("knownNs"), run.printed("carriersNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellTheCpuTimeOfCallsThatThrow(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished thrown = run(jvm(jdk, folder), "thrown", 500, 3, 500);
        Dump dump = thrown.dump();
        assertExact(dump, APP + "thrown(int,long)", 500);
        assertExact(dump, PIECES, 500);
        assertThat(dump.sum(APP + "thrown(int,long)", "exceptions")).isEqualTo(500);
        assertThat(dump.sum(APP + "thrown(int,long)", "cpuNs"))
                .isBetween(dump.sum(PIECES, "cpuNs"), thrown.printed("carriersNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellTheCpuTimeOfThreadsThatYield(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jvm(jdk, folder), "yielding", 500, 10, 100);

        assertExact(run.dump(), APP + "yielding(int,long)", 500);
        assertThat(run.dump().sum(APP + "yielding(int,long)", "cpuNs"))
                .isBetween(run.printed("knownNs"), run.printed("carriersNs"));
    }

    /** They are native threads like any other. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellTheCpuTimeOfVirtualThreadsWithoutContinuations(Jdk jdk, @TempDir Path folder) {
        Jvm jvm = jvm(jdk, folder).option("-XX:+UnlockExperimentalVMOptions").option("-XX:-VMContinuations");

        Jvm.Finished run = jvm.run("io.vperf.it.apps.Threads", "virtual", "50", "4");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertExact(run.dump(), "io.vperf.it.apps.Threads.work(int)", 150);
        assertExact(run.dump(), "io.vperf.it.apps.Threads.sleep()", 50);
    }

    /** Whoever was mounted when the JDK began to tell of mounts, and made a call before it was mounted again. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldRefuseNoMoreThanTheCallsWhoseMountNobodySaw(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = jvm(jdk, folder).run("io.vperf.it.apps.VirtualLate", "2000");

        assertThat(run.printed("made")).describedAs(run.err()).isEqualTo(2_000);
        String method = "io.vperf.it.apps.VirtualLate$Late.sleepTwice()";
        Dump dump = run.dump();
        assertThat(dump.calls(method)).isEqualTo(2_000);
        assertThat(dump.health("suppressedErrors")).isZero();
        // The one that loaded the class, and whoever waited for it on another carrier.
        long carriers = Runtime.getRuntime().availableProcessors();
        assertThat(dump.health("cpuRefused")).isBetween(1L, carriers);
        assertThat(dump.histogramCount("cpu:" + method.replace(",", "%2C")))
                .isEqualTo(2_000 - dump.health("cpuRefused"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldRefuseAndCountWithoutAClock(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jvm(jdk, folder).agent("cpu=off"), "yielding", 50, 2, 100);

        assertThat(run.dump().calls(APP + "yielding(int,long)")).isEqualTo(50);
        assertThat(run.dump().health("cpuRefused")).isEqualTo(50);
        assertThat(run.dump().histograms()).doesNotContainKey("cpu:" + APP + "yielding(int,long)");
    }

    private static Jvm jvm(Jdk jdk, Path folder) {
        assumeTrue(jdk.feature() >= 21, jdk + " has no virtual threads, JDK 21 and later have");
        return new Jvm(jdk, folder).option("--add-opens=java.base/java.lang=ALL-UNNAMED");
    }

    private static Jvm.Finished run(Jvm jvm, String kind, int threads, int pieces, int pieceUs) {
        Jvm.Finished run = jvm.run(
                "io.vperf.it.apps.VirtualCpu",
                kind,
                Integer.toString(threads),
                Integer.toString(pieces),
                Integer.toString(pieceUs));
        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.err()).doesNotContain("Exception").doesNotContain("WARNING");
        return run;
    }

    private static void assertExact(Dump dump, String method, int calls) {
        assertThat(dump.calls(method)).isEqualTo(calls);
        assertThat(dump.histogramCount("cpu:" + method.replace(",", "%2C"))).isEqualTo(calls);
        assertThat(dump.health("cpuRefused")).isZero();
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.health("lostFrames")).isZero();
    }
}
