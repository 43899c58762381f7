package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsIT {

    private static final String APP = "io.vperf.it.apps.Regions";

    /** A clock that goes without a system call may be off by the age of what it extrapolates from, 1 ms. */
    private static final long CPU_TOLERANCE_USEC = 2_000;

    private static Jvm.Finished run(Jvm jvm, String what) {
        Jvm.Finished run = jvm.run(APP, what);
        assertThat(run.status()).describedAs(run.err()).isZero();
        return run;
    }

    private static Dump soundDump(Jvm.Finished run) {
        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.health("classesFailed")).isZero();
        return dump;
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountEveryRegionOverThreadsRecursionAndExceptions(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "threads");

        assertThat(run.printed("begun")).isEqualTo(8 * 2_000 * 3);
        assertThat(run.printed("thrown")).isEqualTo(8 * 667);
        Dump dump = soundDump(run);
        assertThat(dump.methods()).containsExactly("region:recur");
        assertThat(dump.calls("region:recur")).isEqualTo(run.printed("begun"));
        assertThat(dump.histogramCount("wall:region:recur")).isEqualTo(run.printed("begun"));
        assertThat(dump.sum("region:recur", "exceptions")).isZero();
        assertThat(dump.sum("region:recur", "selfNs")).isEqualTo(dump.sum("region:recur", "wallNs"));
        assertThat(dump.health("lostFrames")).isZero();
        assertThat(dump.health("regionsMisplaced")).isZero();
        assertThat(run.err()).contains("region:recur");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTakeInnerRegionsOutOfSelfTime(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "nesting");

        Dump dump = soundDump(run);
        assertThat(dump.calls("region:outer")).isEqualTo(20);
        assertThat(dump.sum("region:outer", "wallNs")).isBetween(40_000_000L, run.printed("wallNs"));
        assertThat(dump.sum("region:outer", "selfNs") + dump.sum("region:inner", "selfNs"))
                .isEqualTo(dump.sum("region:outer", "wallNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldReportAwkwardNamesAndBoundTheirNumber(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder).agent("methods=20"), "names");

        Dump dump = soundDump(run);
        assertThat(run.printed("begun")).isEqualTo(3 * 4 + 5_000);
        assertThat(dump.methods())
                .hasSize(10)
                .contains("region:Größe 100 % =x", "region:😀:wall", "region:\ufffd", "region:request 5");
        assertThat(dump.calls("region:a, b")).isEqualTo(4);
        assertThat(dump.histogramCount("wall:region:a%2C%20b")).isEqualTo(4);
        assertThat(dump.histogramCount("wall:region:Gr%C3%B6%C3%9Fe%20100%20%25%20%3Dx"))
                .isEqualTo(3);
        assertThat(dump.health("regionsLeftOut")).isEqualTo(5_000 - 6);
        Jvm.Finished report = new Jvm(jdk, folder).cli("report", dump.file().toString());
        assertThat(report.out()).contains("region:a, b\n", "region:request 5\n");
        assertThat(report.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSurviveMisuse(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "misuse");

        assertThat(run.printed("done")).isEqualTo(1);
        Dump dump = soundDump(run);
        assertThat(dump.calls("region:twice")).isEqualTo(1);
        assertThat(dump.calls("region:elsewhere")).isZero();
        assertThat(dump.calls("region:outer")).isEqualTo(1);
        assertThat(dump.calls("region:inner")).isZero();
        assertThat(dump.calls("region:null")).isZero();
        assertThat(dump.health("regionsUnnamed")).isEqualTo(2);
        assertThat(run.err()).contains("vperf: a region was begun without a name");
        assertThat(dump.health("regionsMisplaced")).as("elsewhere, inner").isEqualTo(2);
        assertThat(dump.health("lostFrames"))
                .as("inner, what the main thread left open, and what another one did")
                .isEqualTo(1 + 8_192 + 10);
        assertThat(run.err())
                .contains(
                        "vperf: no end was seen of a call of region:inner (",
                        "vperf: no end was seen of a call of region:never closed (",
                        "vperf: no end was seen of a call of region:abandoned (");
        assertThat(dump.health("tooDeep")).as("elsewhere is open, too").isEqualTo(20_000 - 8_192 + 1);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldAgreeWithTheJvmsOwnClocks(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "readings");

        assertThat(run.printed("realOutside")).isZero();
        assertThat(run.printed("unknown")).isZero();
        assertThat(run.printed("mostOffUsec")).isLessThanOrEqualTo(CPU_TOLERANCE_USEC);
        assertThat(run.printed("cpuUsec")).isGreaterThan(10 * CPU_TOLERANCE_USEC);
        assertThat(soundDump(run).methods()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayThatCpuTimeIsUnknownWhereItIsSwitchedOff(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder).agent("cpu=off"), "readings");

        assertThat(run.printed("realOutside")).isZero();
        assertThat(run.printed("unknown")).isEqualTo(200);
        soundDump(run);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldAllocateNothingOnceCompiled(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "steady");

        assertThat(run.printed("leastBytes"))
                .as("of 10,000 regions; the reading itself and the agent's histograms may allocate")
                .isLessThan(10_000);
        soundDump(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "nesting", "names", "misuse", "steady"})
    void shouldDoNothingWithoutTheAgent(String what, @TempDir Path folder) {
        for (Jdk jdk : Jdk.all()) {
            Jvm.Finished run = run(new Jvm(jdk, folder).agent(null), what);
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isNotEmpty();
            assertThat(run.dumpFiles()).isEmpty();
            if (what.equals("steady")) {
                assertThat(run.printed("leastBytes")).isLessThan(10_000);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldKnowWallTimeButNotCpuTimeWithoutTheAgent(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder).agent(null), "readings");

        assertThat(run.printed("realOutside")).isZero();
        assertThat(run.printed("unknown")).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureFromTheMomentItIsAttached(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm application = new Jvm(jdk, folder).agent(null).option("-XX:+EnableDynamicAgentLoading");
        Process process = application.start(APP, "late");
        application.await(process, "stdout", "ready");
        Path attachFolder = Files.createDirectory(folder.resolve("attach"));
        Jvm.Finished attach = new Jvm(jdk, attachFolder)
                .agent(null)
                .run("io.vperf.it.apps.Attach", Long.toString(process.pid()), Jvm.VPERF_JAR.toString(), "interval=1s");
        assertThat(attach.status()).describedAs(attach.err()).isZero();
        Files.createFile(folder.resolve("go"));
        Jvm.Finished run = application.finish(process);

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.printed("before")).isEqualTo(-1);
        assertThat(run.printed("after")).isPositive();
        Dump dump = soundDump(run);
        assertThat(dump.methods()).as("not the one that was open").containsExactly("region:work");
        assertThat(dump.calls("region:work")).isEqualTo(10_000);
        assertThat(dump.health("regionsMisplaced")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldAddUpSeveralCopiesOfTheApi(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run("io.vperf.it.apps.RegionCopies");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.out()).isEqualTo("own=1\nchild=1\nstrict=1\n");
        assertThat(soundDump(run).calls("region:copied")).isEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureRegionsOfNamedModules(Jdk jdk, @TempDir Path folder) throws IOException {
        Path modules = folder.resolve("modules");
        String path = annotationsJar() + ":" + modules;
        new Sources(jdk, folder.resolve("src"))
                .file("module-info.java", "module app { requires io.vperf.annotations; }")
                .file("app/Main.java", """
                        package app;
                        import io.vperf.annotations.Region;
                        public final class Main {
                            public static void main(String[] args) {
                                for (int i = 0; i < 5; i++) {
                                    try (Region r = Region.begin("modular")) {
                                        System.out.println(Region.class.getModule());
                                    }
                                }
                            }
                        }
                        """)
                .compile(modules.resolve("app"), "-p", path);

        Jvm.Finished run =
                new Jvm(jdk, folder).classPath("").option("-p").option(path).run("-m", "app/app.Main");

        assertThat(run.status()).describedAs(run.out() + run.err()).isZero();
        assertThat(run.out()).isEqualTo("module io.vperf.annotations\n".repeat(5));
        assertThat(soundDump(run).calls("region:modular")).isEqualTo(5);
    }

    /** As applications get it. */
    private static Path annotationsJar() throws IOException {
        try (Stream<Path> built = Files.list(Jvm.ANNOTATIONS.resolveSibling(""))) {
            return built.filter(p -> p.getFileName().toString().matches("vperf-annotations-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
