package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The option {@code timeref}, with a time server in a process of its own. */
class OutsideTimeIT {

    private static final String APP = "io.vperf.it.apps.Pausing";
    private static final long MS = 1_000_000;
    private static final long STOPPED_MS = 800;

    /** A stop is known to a nap of the watching thread. */
    private static final long NAP_MS = 50;

    private static final Pattern ADDRESS = Pattern.compile("answers on (\\S+) \\(UDP\\)");

    /** A time server in a folder of its own. */
    private record Server(Jvm jvm, Process process, String address) {

        static Server start(Jdk jdk, Path folder, String... more) throws IOException {
            Jvm jvm = new Jvm(jdk, Files.createDirectories(folder)).agent(null).classPath("");
            List<String> arguments = new ArrayList<>(List.of(Jvm.VPERF_JAR.toString(), "timeserver", "--port", "0"));
            arguments.addAll(List.of(more));
            Process process = jvm.start("-jar", arguments.toArray(String[]::new));
            jvm.await(process, "stdout", "Ctrl-C ends it");
            Matcher address = ADDRESS.matcher(Files.readString(folder.resolve("stdout")));
            assertThat(address.find()).isTrue();
            return new Server(jvm, process, address.group(1));
        }

        void signal(String name) {
            OutsideTimeIT.signal(name, String.valueOf(process.pid()));
        }

        /** With Ctrl-C. */
        Jvm.Finished end() {
            signal("INT");
            return jvm.finish(process);
        }
    }

    private static void signal(String name, String pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, "--", pid).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonObject> said(Path dump) {
        return Files.exists(dump)
                ? Dump.read(dump).lines("timeref").stream()
                        .map(line -> line.getAsJsonObject("timeref"))
                        .toList()
                : List.of();
    }

    private static List<JsonObject> stretches(List<JsonObject> said) {
        return said.stream()
                .filter(s -> s.has("stretch"))
                .map(s -> s.getAsJsonObject("stretch"))
                .toList();
    }

    private static List<JsonObject> stops(List<JsonObject> said) {
        return said.stream()
                .flatMap(s -> s.getAsJsonObject("stops").getAsJsonArray("largest").asList().stream())
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static void awaitStretches(Jvm jvm, Process process, Path dump, int more) {
        long before = Dump.count(dump, "timeref");
        jvm.await(process, "intervals", () -> Dump.count(dump, "timeref") >= before + more);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellAStoppedProcessFromAPausedGuest(Jdk jdk, @TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "there is no setsid to begin a process group");
        Server server = Server.start(jdk, folder.resolve("server"));
        Jvm jvm = new Jvm(jdk, folder)
                .startedBy("setsid", "--wait")
                .agent("interval=500ms,dump=a.hlog,timeref=" + server.address());
        Path dump = folder.resolve("a.hlog");
        Process process = jvm.start(APP);
        jvm.await(process, "intervals", () -> Dump.count(dump, "timeref") >= 3);
        long group = Dump.read(dump).run().get("pid").getAsLong();
        long stoppedAtMs = System.currentTimeMillis();
        signal("STOP", "-" + group);
        TimeUnit.MILLISECONDS.sleep(STOPPED_MS);
        signal("CONT", "-" + group);
        long continuedAtMs = System.currentTimeMillis();
        awaitStretches(jvm, process, dump, 3);
        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = jvm.finish(process);
        Jvm.Finished served = server.end();

        assertThat(run.status()).isZero();
        List<JsonObject> said = said(dump);
        // The guest's clock went on: by it nothing was lost.
        assertThat(stretches(said)).hasSizeGreaterThanOrEqualTo(3).allSatisfy(stretch -> {
            assertThat(stretch.get("stoodStillNs").getAsLong()).isZero();
            assertThat(stretch.get("errorNs").getAsLong()).isPositive();
        });
        // Other stops would be this machine's own pauses.
        JsonObject stop = stops(said).stream()
                .max((a, b) -> Long.compare(
                        a.get("leastNs").getAsLong(), b.get("leastNs").getAsLong()))
                .orElseThrow();
        assertThat(stop.get("mostNs").getAsLong())
                .isBetween(STOPPED_MS * MS - 2 * MS, (continuedAtMs - stoppedAtMs + 3 * NAP_MS) * MS);
        assertThat(stop.get("leastNs").getAsLong())
                .isBetween((STOPPED_MS - 4 * NAP_MS) * MS, stop.get("mostNs").getAsLong());
        assertThat(stop.get("startMs").getAsLong()).isBetween(stoppedAtMs - 3 * NAP_MS, stoppedAtMs + 3 * NAP_MS);
        assertThat(run.err())
                .contains("Outside clock " + server.address(), "this process did not run for ", "it was stopped")
                .doesNotContain("stood still");
        assertThat(Dump.read(dump).health("suppressedErrors")).isZero();

        assertThat(served.status()).isZero();
        assertThat(served.out()).contains("with CLOCK_MONOTONIC_RAW", "requests answered, 0 other packets dropped");
    }

    /** What a pause of the guest looks like from inside; docs/measurement.md is what the server is written after. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellForHowLongTheGuestsClockStoodStill(Jdk jdk, @TempDir Path folder) throws Exception {
        try (ForeignTimeServer server = new ForeignTimeServer()) {
            Jvm jvm = new Jvm(jdk, folder).agent("interval=300ms,dump=a.hlog,timeref=localhost:" + server.port());
            Path dump = folder.resolve("a.hlog");
            Process process = jvm.start(APP);
            jvm.await(process, "intervals", () -> Dump.count(dump, "timeref") >= 2);
            server.aheadNs = 2_500 * MS;
            awaitStretches(jvm, process, dump, 3);
            Files.createFile(folder.resolve("stop"));
            Jvm.Finished run = jvm.finish(process);

            List<JsonObject> paused = stretches(said(dump)).stream()
                    .filter(s -> s.get("stoodStillNs").getAsLong() > 0)
                    .toList();
            assertThat(paused)
                    .singleElement()
                    .satisfies(s -> assertThat(s.get("stoodStillNs").getAsLong())
                            .isCloseTo(
                                    2_500 * MS,
                                    within(s.get("stoodStillBoundNs").getAsLong())));
            assertThat(run.err())
                    .contains("the guest's clock stood still for 2.5")
                    .contains("paused, in no time");
        }
    }

    /** The collector's pauses and the like keep Java threads from running, not the process. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotTakeAPauseOfTheJvmForAStop(Jdk jdk, @TempDir Path folder) throws Exception {
        Server server = Server.start(jdk, folder.resolve("server"), "--bind", "::1");
        Jvm jvm =
                new Jvm(jdk, folder).option("-Xmx256m").agent("interval=500ms,dump=a.hlog,timeref=" + server.address());
        Path dump = folder.resolve("a.hlog");
        Process process = jvm.start(APP, "dump");
        jvm.await(process, "intervals", () -> Dump.count(dump, "timeref") >= 5);
        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = jvm.finish(process);
        server.end();

        assertThat(server.address()).startsWith("[");
        assumeTrue(run.printed("longestMs") > 150, "a heap dump takes too little time here to be told from a nap");
        long longestNs = stops(said(dump)).stream()
                .mapToLong(s -> s.get("leastNs").getAsLong())
                .max()
                .orElse(0);
        assertThat(longestNs).isLessThan(run.printed("longestMs") * MS / 2);
        assertThat(stretches(said(dump))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayWhyNothingIsKnownAndGoOn(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("interval=100ms,timeref=no-such-host.invalid:9")
                .run("io.vperf.it.apps.Hello", "1000");

        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("Outside clock no-such-host.invalid:9, known for 0 of ");
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotEvenLoadItWhereItIsOff(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .option("-Xlog:class+load:file=classes.log")
                .agent("interval=100ms")
                .run("io.vperf.it.apps.Hello", "1000");

        assertThat(run.dump().lines("interval")).isNotEmpty();
        assertThat(folder.resolve("classes.log"))
                .content()
                .contains("io.vperf.record.IntervalSnapshot")
                .doesNotContain("io.vperf.timeref.", "java.net.DatagramSocket");
    }
}
