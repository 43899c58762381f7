package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
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

    /** Of what the JDK makes now and then, whether vperf comes or not. */
    private static final int MOST_BESIDES = 60;

    private static final long COUNTED = CYCLES - WARM_UP;

    /** HotSpot makes the two lambdas of VirtualThread anew whenever that was rewritten, and keeps the old ones. */
    private static final int LAMBDAS_OF_VIRTUAL_THREAD = 2;

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

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

    /** The ClassLoadingMXBean would count a class anew whenever it is rewritten. */
    private static long classes(Jdk jdk, Told app) throws IOException, InterruptedException {
        String total = jdk.tool("jcmd", Long.toString(app.process().pid()), "VM.classloader_stats")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(total.split("\\s+", -1))
                .filter(word -> word.matches("\\d+"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
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
            long classes = 0;
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
            int inEach = jdk.feature() < FIRST_WITH_VIRTUAL_THREADS ? 0 : LAMBDAS_OF_VIRTUAL_THREAD;
            assertThat(classes(jdk, app)).isLessThanOrEqualTo(classes + MOST_BESIDES + COUNTED * inEach);
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
