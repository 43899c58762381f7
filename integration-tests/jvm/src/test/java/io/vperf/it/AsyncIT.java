package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncIT {

    private static final OncePerJdk ENDINGS = new OncePerJdk(
            (jdk, folder) -> new Jvm(jdk, folder).agent("interval=100ms").run("io.vperf.it.apps.Async"));

    private static final String LOAD = "load [completion]";

    @TempDir
    static Path shared = Path.of("");

    private static Jvm.Finished endings(Jdk jdk) {
        Jvm.Finished run = ENDINGS.on(jdk, shared);
        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.printed("done")).isEqualTo(1);
        assertThat(run.dump().health("suppressedErrors")).isZero();
        assertThat(run.dump().health("lostFrames")).isZero();
        assertThat(run.dump().health("classesFailed")).isZero();
        return run;
    }

    private static Jvm.Finished load(Jvm jvm, String... arguments) {
        Jvm.Finished run = jvm.run("io.vperf.it.apps.AsyncLoad", arguments);
        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.dump().health("suppressedErrors")).isZero();
        return run;
    }

    private static List<JsonObject> lines(Dump dump, String method) {
        return dump.lines("method").stream()
                .filter(line -> line.get("name").getAsString().equals(method))
                .toList();
    }

    /** 5 %, or a millisecond a call. */
    private static Offset<Double> near(long ownNs, long calls) {
        return Offset.offset(Math.max(0.05 * ownNs, 1e6 * calls));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureWhatTheProgramItselfMeasures(Jdk jdk) {
        Jvm.Finished run = endings(jdk);
        Dump dump = run.dump();

        assertThat(run.printed("identical")).isEqualTo(20);
        assertThat(dump.calls("timer [completion]")).isEqualTo(20);
        long wallNs = dump.sum("timer [completion]", "wallNs");
        assertThat(wallNs).isGreaterThanOrEqualTo(20 * 50_000_000L);
        assertThat((double) wallNs).isCloseTo((double) run.printed("timedNs"), near(run.printed("timedNs"), 20));
        assertThat(dump.lowest("wall:timer%20[completion]")).as("to 1 %").isGreaterThan(49_400_000);
        assertThat(dump.calls("timer")).isEqualTo(20);
        assertThat(dump.sum("timer", "wallNs")).as("to its return").isLessThan(wallNs / 10);
        assertThat(dump.calls("region:around")).isEqualTo(20);
        assertThat(dump.sum("region:around", "measuredCallees")).isEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCallUnknownWhatNobodyKnows(Jdk jdk) {
        Dump dump = endings(jdk).dump();

        for (String name : List.of("timer [completion]", "publisher [subscription]")) {
            assertThat(lines(dump, name)).isNotEmpty().allSatisfy(line -> {
                assertThat(line.keySet())
                        .contains("wallNs")
                        .doesNotContain("selfNs", "cpuNs", "stolenNs", "correctedNs");
                assertThat(line.get("cpuUnknownCalls")).isEqualTo(line.get("calls"));
            });
        }
        assertThat(dump.histograms())
                .containsKey("wall:timer%20[completion]")
                .doesNotContainKeys("cpu:timer%20[completion]", "corrected:timer%20[completion]");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountEveryWayToEnd(Jdk jdk) {
        Dump dump = endings(jdk).dump();

        assertThat(dump.calls("endings [completion]")).isEqualTo(15).isEqualTo(dump.calls("endings"));
        assertThat(dump.sum("endings [completion]", "exceptions"))
                .as("failed, cancelled, failed before")
                .isEqualTo(9);
        assertThat(dump.sum("endings", "exceptions")).isZero();
        assertThat(dump.calls("throwing [completion]")).isEqualTo(3);
        assertThat(dump.sum("throwing [completion]", "exceptions")).isEqualTo(3);
        assertThat(dump.sum("throwing", "exceptions")).isEqualTo(3);
        assertThat(dump.calls("same [completion]")).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldRefuseAndSayWhy(Jdk jdk) {
        Jvm.Finished run = endings(jdk);
        Dump dump = run.dump();

        assertThat(dump.calls("foreign")).isEqualTo(3);
        assertThat(dump.calls("concrete")).isEqualTo(1);
        assertThat(dump.calls("nothing")).isEqualTo(3);
        assertThat(dump.methods())
                .doesNotContain("foreign [completion]", "concrete [completion]", "nothing [completion]");
        assertThat(dump.health("completionsRefused")).isEqualTo(4);
        assertThat(dump.health("methodsToReturn")).isEqualTo(1);
        assertThat(run.err())
                .containsOnlyOnce("whose handle(…) threw java.lang.UnsupportedOperationException")
                .containsOnlyOnce("concrete is marked until = COMPLETION and has returned a"
                        + " java.util.concurrent.SubmissionPublisher: a publisher can be watched only where")
                .containsOnlyOnce(
                        "@Measured method io.vperf.it.apps.Async.nothing() is marked until = COMPLETION, but");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldShowWhatNeverCompletesAndLetGoOfWhatIsCollected(Jdk jdk) {
        Jvm.Finished run = endings(jdk);
        Dump dump = run.dump();

        List<JsonObject> never = lines(dump, "never [completion]");
        JsonObject last = never.get(never.size() - 1);
        assertThat(last.get("inFlight").getAsLong()).isEqualTo(7);
        assertThat(last.get("oldestInFlightNs").getAsLong()).isGreaterThan(500_000_000);
        assertThat(dump.calls("never [completion]")).isZero();
        assertThat(dump.calls("dropped [completion]")).isZero();
        assertThat(dump.health("completionsLost")).isEqualTo(100);
        assertThat(run.err()).contains("never [completion]\n  no call has ended; 7 still running, the oldest for ");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureEachSubscription(Jdk jdk) {
        Jvm.Finished run = endings(jdk);
        Dump dump = run.dump();

        assertThat(run.printed("items")).isEqualTo(5 * 55 + 5 * 6);
        assertThat(dump.calls("publisher")).isEqualTo(1);
        assertThat(dump.calls("publisher [subscription]")).isEqualTo(10);
        assertThat((double) dump.sum("publisher [subscription]", "wallNs"))
                .isCloseTo((double) run.printed("subscribedNs"), near(run.printed("subscribedNs"), 10));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldReportTheSameAtTheEndAndFromTheDump(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = endings(jdk);
        Jvm.Finished report =
                new Jvm(jdk, folder).cli("report", run.dump().file().toString());

        for (String text : List.of(run.err(), report.out())) {
            assertThat(text)
                    .containsPattern(
                            "\ntimer \\[completion]\n  20 calls, 0 exceptions, self unknown, total 1\\.[0-9]+ s,"
                                    + " stolen unknown\n.*\n  wall .*\n  to its end on whatever threads: self, CPU and stolen"
                                    + " time are nobody's to know\n\n");
        }
        assertThat(report.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldFollowAHundredThousandAtOnce(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = load(new Jvm(jdk, folder).agent("interval=300ms").option("-Xmx512m"), "atOnce", "100000");
        Dump dump = run.dump();

        assertThat(run.printed("dependents")).as("vperf's").isEqualTo(1);
        assertThat(lines(dump, LOAD)).anyMatch(line -> line.get("inFlight").getAsLong() == 100_000);
        assertThat(dump.calls(LOAD)).isEqualTo(100_000).isEqualTo(dump.calls("load"));
        assertThat(dump.histogramCount("wall:load%20[completion]")).isEqualTo(100_000);
        assertThat(dump.health("completionsLeftOut")).isZero();
        assertThat(dump.health("completionsLost")).isZero();
    }

    /** 40 MB may have some 13,000 open ones. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveOutAndCountWhatASmallHeapHasNoRoomFor(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = load(new Jvm(jdk, folder).option("-Xmx40m"), "atOnce", "50000");
        Dump dump = run.dump();

        assertThat(dump.calls("load")).isEqualTo(50_000);
        assertThat(dump.health("completionsLeftOut")).isBetween(35_000L, 39_000L);
        assertThat(dump.calls(LOAD) + dump.health("completionsLeftOut")).isEqualTo(50_000);
        assertThat(run.err()).containsOnlyOnce("vperf: calls are not measured to their completion: too many");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureStagesOfVirtualThreads(Jdk jdk, @TempDir Path folder) {
        Assumptions.assumeTrue(jdk.feature() >= 21, "JDK " + jdk.feature() + " has no virtual threads");
        Jvm.Finished run = load(new Jvm(jdk, folder), "virtual", "2000");

        assertThat(run.dump().calls(LOAD)).isEqualTo(2_000);
        long ownNs = run.printed("ownNs");
        assertThat((double) run.dump().sum(LOAD, "wallNs")).isCloseTo((double) ownNs, near(ownNs, 2_000));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldHaveDrawnCallsStandForOthers(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = load(new Jvm(jdk, folder).agent("budget=1%,interval=500ms"), "hot", "2000");
        Dump dump = run.dump();

        assertThat(dump.calls("load")).isEqualTo(run.printed("calls"));
        int most = lines(dump, LOAD).stream()
                .mapToInt(line -> line.get("samplingFactor").getAsInt())
                .max()
                .orElse(0);
        assertThat(most).isGreaterThan(1);
        // Five standard deviations, as if all were drawn with the largest factor.
        assertThat((double) dump.calls(LOAD))
                .isCloseTo(
                        (double) run.printed("calls"),
                        Offset.offset(5 * Math.sqrt((double) run.printed("calls") * most)));
        assertThat(dump.sum(LOAD, "measuredCalls")).isEqualTo(dump.sum("load", "measuredCalls"));
        assertThat(run.err())
                .containsPattern("drawn at random, and [0-9,]+ from times when all were measured; all figures");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureInALoaderThatDoesNotSeeTheProbe(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = load(new Jvm(jdk, folder), "strict");

        assertThat(run.out()).isEqualTo("own\n".repeat(10));
        assertThat(run.dump().calls("strict [completion]")).isEqualTo(10);
    }

    /** The shape that Kotlin's compiler gives suspend functions; what it really makes is tried in CompletionScanTest. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveOutSuspendFunctionsWithAReason(Jdk jdk, @TempDir Path folder) {
        Path classes = new Sources(jdk, folder.resolve("src"))
                .file("Continuation.java", "package kotlin.coroutines; public interface Continuation<T> {}")
                .file("Suspending.java", """
                        import kotlin.coroutines.Continuation;
                        @io.vperf.annotations.Measured
                        public class Suspending {
                            public static int both() { return (int) load(1, null) + plain(); }
                            static Object load(int i, Continuation<? super Integer> continuation) { return i; }
                            static int plain() { return 1; }
                        }
                        """)
                .compile(folder.resolve("classes"), "-cp", Jvm.ANNOTATIONS.toString());

        Jvm.Finished run = new Jvm(jdk, folder)
                .classPath(classes + ":" + Jvm.APPS)
                .run("io.vperf.it.apps.Reflective", "Suspending", "both");

        assertThat(run.out()).isEqualTo("2\n".repeat(10));
        assertThat(run.dump().methods()).containsExactlyInAnyOrder("Suspending.both()", "Suspending.plain()");
        assertThat(run.dump().health("methodsSuspending")).isEqualTo(1);
        assertThat(run.err())
                .containsOnlyOnce(
                        "vperf: @Measured method Suspending.load(int,kotlin.coroutines.Continuation) is a suspend function")
                .contains("  methodsSuspending: 1 (suspend functions of Kotlin");
    }
}
