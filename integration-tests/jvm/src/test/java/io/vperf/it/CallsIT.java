package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallsIT {

    private static final String APP = "io.vperf.it.apps.Calls";

    /** fibonacci(15) calls itself this often, 2 × fibonacci(16) − 1. */
    private static final long FIBONACCI_CALLS = 1973;

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsThatEndInAnException(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "exits");

        assertThat(run.printed("caught")).isEqualTo(25);
        assertThat(run.printed("same")).isEqualTo(25);
        Dump dump = soundDump(run);
        assertThat(dump.calls(APP + ".evenOnly(int)")).isEqualTo(100);
        assertThat(dump.sum(APP + ".evenOnly(int)", "exceptions")).isEqualTo(25);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveStackTracesAsTheyAre(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm.Finished with = run(jdk, Files.createDirectory(folder.resolve("with")), "traces");
        Jvm.Finished without = new Jvm(jdk, Files.createDirectory(folder.resolve("without")))
                .agent(null)
                .run(APP, "traces");

        assertThat(without.out()).contains("in super", "Calls.inner(Calls.java:");
        assertThat(with.out()).isEqualTo(without.out());
        assertThat(soundDump(with).calls(APP + ".thrower(int)")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldHoldEveryLevelOfARecursionAndTheTimeOfTheOutermost(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "recursion");

        Dump dump = soundDump(run);
        String fibonacci = APP + ".fibonacci(int)";
        assertThat(dump.calls(fibonacci)).isEqualTo(FIBONACCI_CALLS);
        assertThat(dump.histogramCount("wall:" + fibonacci)).isEqualTo(FIBONACCI_CALLS);
        assertThat(dump.sum(fibonacci, "measuredCallees"))
                .as("all but the first")
                .isEqualTo(FIBONACCI_CALLS - 1);
        assertThat(dump.sum(fibonacci, "wallNs")).isPositive().isLessThanOrEqualTo(run.printed("fibWallNs"));
        // What is inside of itself is subtracted once from each level, so self time adds up to the outermost call.
        assertThat(dump.sum(fibonacci, "selfNs")).isEqualTo(dump.sum(fibonacci, "wallNs"));
        String ping = APP + ".ping(int)";
        String pong = APP + ".pong(int)";
        assertThat(dump.calls(ping)).isEqualTo(21);
        assertThat(dump.calls(pong)).isEqualTo(20);
        assertThat(dump.sum(ping, "wallNs")).isBetween(41_000_000L, run.printed("pingWallNs"));
        assertThat(dump.sum(pong, "wallNs")).isBetween(39_000_000L, dump.sum(ping, "wallNs"));
        assertThat(dump.sum(ping, "selfNs") + dump.sum(pong, "selfNs")).isEqualTo(dump.sum(ping, "wallNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSubtractMeasuredCalleesFromSelfTimeExactly(Jdk jdk, @TempDir Path folder) {
        Dump dump = soundDump(run(jdk, folder, "nesting"));

        String outer = APP + ".outer(int)";
        String middle = APP + ".middle(int)";
        String leaf = APP + ".leaf(int)";
        assertThat(dump.calls(outer)).isEqualTo(200);
        assertThat(dump.calls(middle)).isEqualTo(200);
        assertThat(dump.calls(leaf)).isEqualTo(200 + 400 + 100);
        assertThat(dump.sum(leaf, "selfNs")).isEqualTo(dump.sum(leaf, "wallNs"));
        assertThat(dump.sum(outer, "selfNs") + dump.sum(middle, "selfNs") + dump.sum(leaf, "selfNs"))
                .isEqualTo(dump.sum(outer, "wallNs"));
        assertThat(dump.sum(middle, "selfNs")).isLessThan(dump.sum(middle, "wallNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayHowManyMeasuredCallsAMethodMade(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "nesting");
        Dump dump = soundDump(run);

        String outer = APP + ".outer(int)";
        String middle = APP + ".middle(int)";
        String leaf = APP + ".leaf(int)";
        // 200 rounds of middle and leaf; those through a method that is not measured are middle's.
        assertThat(dump.sum(outer, "measuredCallees")).isEqualTo(200 + 200);
        assertThat(dump.sum(middle, "measuredCallees")).isEqualTo(400 + 100);
        assertThat(dump.lines("method"))
                .allSatisfy(line -> assertThat(line.has("measuredCallees")).isTrue());
        assertThat(dump.sum(leaf, "measuredCallees")).isZero();
        assertThat(run.err())
                .contains(
                        "\n  measured callees: 400 calls; their probes outside of them: ",
                        "\n  measured callees: 500 calls; ");
        Jvm.Finished report = new Jvm(jdk, folder).cli("report", dump.file().toString());
        assertThat(report.out()).contains("\n  measured callees: 400 calls; their probes outside of them: ");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureADeepRecursion(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "deep");

        assertThat(run.printed("depth")).isEqualTo(5_000);
        assertThat(soundDump(run).calls(APP + ".down(int)")).isEqualTo(5_001);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLetStackOverflowsPassAndGoOnCounting(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder), "overflow");

        assertThat(run.printed("overflows")).isEqualTo(500);
        Dump dump = run.dump();
        String afterwards = APP + ".afterwards(int)";
        assertThat(dump.calls(afterwards)).isEqualTo(2_000);
        // Of a recursion two deep no more than the outer half counts towards the time.
        assertThat(dump.sum(afterwards, "selfNs")).isEqualTo(dump.sum(afterwards, "wallNs"));
        String bottomless = APP + ".bottomless(int)";
        // Where the stack ends there is no room for a probe: how many calls that is depends on how much of it is
        // compiled yet.
        long missing = run.printed("entries") - dump.calls(bottomless);
        assertThat(missing).isBetween(0L, dump.health("stackFull") + dump.health("lostFrames"));
        assertThat(missing).isLessThan(run.printed("entries") / 10);
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.histogramCount("wall:" + bottomless)).isEqualTo(dump.calls(bottomless));
        assertOverflowsExact(run, bottomless, 500);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldStayExactWhereVirtualThreadsOverflowTheirStack(Jdk jdk, @TempDir Path folder) {
        assumeTrue(jdk.feature() >= 21, "virtual threads came with JDK 21");
        Jvm.Finished run = run(new Jvm(jdk, folder), "virtualOverflow");

        assertThat(run.printed("overflows")).isEqualTo(5);
        assertOverflowsExact(run, APP + ".bottomless(int)", 5);
        // By java.lang.instrument, when a class is loaded where the stack is full, as printing does. On platform
        // threads the
        // clock may come upon one, too, that is not loaded beforehand.
        assertThat(run.err()).doesNotContain("ASSERTION FAILED");
        assertThat(run.dump().calls(APP + ".afterwards(int)")).isEqualTo(10);
    }

    /** The outermost calls have room to end: all others are their callees' callees. */
    private static void assertOverflowsExact(Jvm.Finished run, String method, long outermost) {
        Dump dump = run.dump();
        assertThat(dump.sum(method, "measuredCallees")).isEqualTo(dump.calls(method) - outermost);
        assertThat(dump.sum(method, "selfNs")).isEqualTo(dump.sum(method, "wallNs"));
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.health("stackFull")).isPositive();
        assertThat(run.err().lines().filter(line -> line.contains("vperf: ")))
                .allMatch(line -> line.startsWith("vperf: "));
    }

    private static Jvm.Finished run(Jdk jdk, Path folder, String what) {
        return run(new Jvm(jdk, folder), what);
    }

    private static Jvm.Finished run(Jvm jvm, String what) {
        Jvm.Finished run = jvm.run(APP, what);
        assertThat(run.status()).describedAs(run.err()).isZero();
        return run;
    }

    private static Dump soundDump(Jvm.Finished run) {
        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).isZero();
        return dump;
    }
}
