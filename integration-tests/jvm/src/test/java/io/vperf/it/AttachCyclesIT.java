package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** vperf comes and goes in a JVM that works on, and leaves it as it was. */
class AttachCyclesIT {

    private static final String APP = "io.vperf.it.apps.Attachable";
    private static final int CYCLES = 50;

    /** By then all is there that comes with the first times. */
    private static final int WARM_UP = 20;

    /** Of what the JDK, and vperf when it is there, come upon only now and then. That vperf itself stayed would be hundreds. */
    private static final long MOST_BESIDES = 40;

    /** The class as it is, and lambdas of the JDK's own. */
    private static final long OF_THE_JDK_ITSELF = 10;

    private static final long COUNTED = CYCLES - WARM_UP;

    /**
     * How often each of the classes was rewritten that vperf weaves into here: when it came and when it went. HotSpot keeps what a
     * class was before for as long as it keeps the code compiled from that, and makes the two lambdas of VirtualThread anew each
     * time.
     */
    private static final Map<String, Long> REWRITTEN = Map.of(
            APP + "$Work",
            2L * CYCLES,
            "java.lang.VirtualThread",
            2L * CYCLES,
            "java.lang.VirtualThread$$Lambda",
            2L * 2 * CYCLES);

    /** The JDK keeps a record of each agent that was loaded, two in a cycle; and the allocator's and the compiler's memory is not still. */
    private static final long MOST_RSS_KB_A_CYCLE = 700;

    /** Of a program's line {@code figures key=value …}. */
    private record Figures(Map<String, String> values) {

        static Figures of(Told app) {
            return new Figures(Arrays.stream(app.tell("figures", "figures ").split(" ", -1))
                    .filter(word -> word.contains("="))
                    .map(word -> word.split("=", 2))
                    .collect(Collectors.toMap(word -> word[0], word -> word[1])));
        }

        long number(String key) {
            return Long.parseLong(text(key));
        }

        String text(String key) {
            return Objects.requireNonNull(values.get(key), key);
        }
    }

    /**
     * The loaded classes by name, hidden ones by the name they have in common. The ClassLoadingMXBean would count a class
     * anew whenever it is rewritten.
     */
    private static Map<String, Long> classes(Jdk jdk, Told app) throws IOException, InterruptedException {
        return jdk.tool("jcmd", Long.toString(app.process().pid()), "VM.class_hierarchy")
                .lines()
                .skip(1)
                .map(line -> line.replaceAll("^[| -]+|[/+]0x.*$|/null$|(?<=Lambda)[$]\\d+.*$", ""))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static void assertClassesLeft(Map<String, Long> early, Map<String, Long> late) {
        Map<String, Long> more = new TreeMap<>();
        late.forEach((name, n) -> more.put(name, n - early.getOrDefault(name, 0L)));
        more.values().removeIf(n -> n <= 0);
        REWRITTEN.forEach((name, times) -> {
            assertThat(late.getOrDefault(name, 0L)).as(name).isLessThanOrEqualTo(times + OF_THE_JDK_ITSELF);
            more.remove(name);
        });
        assertThat(more.values().stream().mapToLong(n -> n).sum())
                .as("%s", more)
                .isLessThanOrEqualTo(MOST_BESIDES);
    }

    private static long worked(Told app) {
        return Long.parseLong(app.tell("work", "worked=").substring("worked=".length()));
    }

    private static Told app(Jdk jdk, Path folder, String... options) throws IOException {
        Jvm jvm = new Jvm(jdk, Files.createDirectories(folder))
                .agent(null)
                // Else the JDK makes a class for each method that was called often by reflection, as the lines of dumps
                // have.
                .option("-Dsun.reflect.inflationThreshold=" + Integer.MAX_VALUE) // JDK 17
                .option("-Djava.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD=-1") // later ones
                .option("-Xms96m")
                .option("-Xmx96m");
        for (String option : options) {
            jvm.option(option);
        }
        Process process = jvm.start(APP);
        jvm.await(process, "stdout", "ready");
        return new Told(jvm, folder, process);
    }

    private static Told commandLines(Jdk jdk, Path folder) throws IOException {
        Jvm jvm = new Jvm(jdk, Files.createDirectories(folder))
                .agent(null)
                .option("--add-exports=java.base/jdk.internal.access=ALL-UNNAMED")
                .option("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
                .classPath(Jvm.VPERF_JAR + ":" + Jvm.APPS);
        return new Told(jvm, folder, jvm.start("io.vperf.it.apps.CommandLines", Jvm.VPERF_JAR.toString()));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveNothingBehindHoweverOftenItComes(Jdk jdk, @TempDir Path folder) throws Exception {
        Path dumps = Files.createDirectories(folder.resolve("dumps"));
        try (Told app = app(jdk, folder.resolve("app"));
                Told cli = commandLines(jdk, folder.resolve("cli"))) {
            long pid = app.process().pid();
            Figures early = Figures.of(app);
            Map<String, Long> classes = Map.of();
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                Path dump = dumps.resolve(cycle + ".hlog");
                String options = " interval=1s report=off http=127.0.0.1:0 dump=" + dump;
                assertThat(cli.tell("attach " + pid + options, "status=")).isEqualTo("status=0");
                long from = worked(app);
                long to = worked(app);
                assertThat(cli.tell("detach " + pid, "status=")).isEqualTo("status=0");
                assertThat(Dump.read(dump).calls("add")).as("cycle %s", cycle).isGreaterThanOrEqualTo(to - from);
                assertThat(Dump.read(dump).health("suppressedErrors")).isZero();
                assertThat(Dump.read(dump).health("lostFrames")).isZero();
                if (cycle == WARM_UP) {
                    early = Figures.of(app);
                    classes = classes(jdk, app);
                }
            }
            Figures late = Figures.of(app);

            assertThat(late.text("own")).as("threads of vperf's").isEqualTo("[]");
            assertThat(late.text("bean")).isEqualTo("false");
            assertClassesLeft(classes, classes(jdk, app));
            assertThat(late.number("threads")).isLessThanOrEqualTo(early.number("threads") + 1);
            assertThat(late.number("files")).isLessThanOrEqualTo(early.number("files"));
            assertThat(late.number("heapKb")).isLessThan(early.number("heapKb") + 1024);
            assertThat(late.number("rssKb")).isLessThan(early.number("rssKb") + COUNTED * MOST_RSS_KB_A_CYCLE);
            Jvm.Finished run = app.end();
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.printed("wrong")).isZero();
            assertThat(cli.end().status()).isZero();
        }
    }

    /** With all that vperf offers to others and takes from them: they find it each time it is there, and not in between. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldWorkInFullTheSecondTime(Jdk jdk, @TempDir Path folder) throws Exception {
        Path recording = folder.resolve("recording.jfr");
        try (Told app = app(
                jdk,
                folder.resolve("app"),
                "-XX:StartFlightRecording=name=all,filename=" + recording + ",settings=profile")) {
            long pid = app.process().pid();
            Jvm cli = new Jvm(jdk, Files.createDirectories(folder.resolve("cli")));
            assertThat(Figures.of(app).text("bean")).isEqualTo("false");
            for (int time = 1; time <= 2; time++) {
                Path dump = folder.resolve(time + ".hlog");
                Jvm.Finished attached = cli.cli(
                        "attach",
                        Long.toString(pid),
                        "interval=1s",
                        "report=off",
                        "counters=page-faults",
                        "http=127.0.0.1:0",
                        "dump=" + dump);
                assertThat(attached.status()).as(attached.err()).isZero();
                assertThat(attached.out()).isEqualTo("vperf runs in process " + pid + "\n");
                assertThat(cli.cli("list").out()).containsPattern("(?m)^ *" + pid + "  yes      ");
                worked(app);
                Told told = app;
                new Jvm(jdk, folder.resolve("app"))
                        .await(
                                app.process(),
                                "the bean",
                                () -> Figures.of(told).text("bean").equals("true"));
                Jvm.Finished again = cli.cli("attach", Long.toString(pid));
                assertThat(again.status()).isEqualTo(1);
                assertThat(again.err()).contains("already running in that JVM", "detach " + pid + " has it leave");
                Jvm.Finished detached = cli.cli("detach", Long.toString(pid));
                assertThat(detached.status()).as(detached.err()).isZero();
                assertThat(detached.out()).isEqualTo("vperf has left process " + pid + "\n");
                Figures after = Figures.of(app);
                assertThat(after.text("bean")).isEqualTo("false");
                assertThat(after.text("own")).isEqualTo("[]");
                assertThat(cli.cli("list").out()).containsPattern("(?m)^ *" + pid + "  no       ");

                Dump read = Dump.read(dump);
                assertThat(read.sum("add", "cpuNs")).isPositive();
                assertThat(read.health("suppressedErrors")).as("time %s", time).isZero();
                assertThat(read.lines("method").toString()).contains("page-faults");
                assertThat(Files.readString(folder.resolve("app/stderr")))
                        .contains("vperf: metrics at http://127.0.0.1:")
                        .doesNotContain("CPU time of calls on virtual threads is refused");
            }
            Jvm.Finished none = cli.cli("detach", Long.toString(pid));
            assertThat(none.status()).isEqualTo(1);
            assertThat(none.err()).isEqualTo("vperf: not running in this JVM\n");
            Jvm.Finished run = app.end();
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.printed("wrong")).isZero();
        }
        String events = jdk.tool("jfr", "summary", recording.toString());
        assertThat(events).containsPattern("io\\.vperf\\.\\S*MethodInterval\\S* +[1-9]|vperf\\.\\S+ +[1-9]");
    }
}
