package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Software events for real, and what is said of events that this machine, or this user, cannot have. */
class CountersIT {

    private static final String APP = "io.vperf.it.apps.Counted";
    private static final String TOUCH = "touch(java.nio.MappedByteBuffer%2Cint)";
    private static final Path MEMORY = Path.of("/dev/shm");

    private static Histogram counts(Jvm.Finished run, String counter, String method) {
        assertThat(run.status()).as(run.err()).isZero();
        JsonObject capability = capability(run, counter);
        assumeTrue(
                capability.get("available").getAsBoolean()
                        || !capability.get("detail").getAsString().matches(".*(EACCES|EPERM|ENOSYS).*"),
                "perf events are forbidden here");
        String tag = "counter." + counter + ":" + APP + "." + method;
        return Objects.requireNonNull(run.dump().histograms().get(tag), tag + " of " + run.dump());
    }

    private static JsonObject capability(Jvm.Finished run, String counter) {
        for (JsonElement c : run.dump().run().getAsJsonArray("capabilities")) {
            if (c.getAsJsonObject().get("name").getAsString().equals("counter " + counter)) {
                return c.getAsJsonObject();
            }
        }
        throw new AssertionError(
                "nothing is said of " + counter + " in " + run.dump().run());
    }

    private static int pageBytes() throws IOException, InterruptedException {
        Process getconf = new ProcessBuilder("getconf", "PAGESIZE").start();
        String bytes = new String(getconf.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(getconf.waitFor()).isZero();
        return Integer.parseInt(bytes);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountTheFaultsOfACallThatTouchesFreshPages(Jdk jdk, @TempDir Path folder) throws Exception {
        assumeTrue(Files.isWritable(MEMORY), "there is no " + MEMORY);
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("counters=minor-faults+page-faults")
                .run(APP, "touch", "40", "200", MEMORY.toString(), Integer.toString(pageBytes()));

        for (String counter : List.of("minor-faults", "page-faults")) {
            Histogram faults = counts(run, counter, TOUCH);
            assertThat(faults.getTotalCount()).isEqualTo(40);
            assertThat(faults.getMinValue()).as(counter).isBetween(198L, 202L);
            assertThat(faults.getValueAtPercentile(90)).as(counter).isBetween(198L, 202L);
        }
    }

    /** A thread that is busy besides is switched out against its will, too. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountTheSwitchesOfACallThatSleeps(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run =
                new Jvm(jdk, folder).agent("counters=context-switches").run(APP, "sleep", "40", "10");

        Histogram switches = counts(run, "context-switches", "sleep(int)");
        assertThat(switches.getTotalCount()).isEqualTo(40);
        assertThat(switches.getMinValue()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountBytesAllocated(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).agent("allocations=on").run(APP, "allocate", "1000", "232");

        Histogram bytes = counts(run, "allocated-bytes", "allocate(int)");
        assertThat(bytes.getTotalCount()).isEqualTo(1_000);
        assertThat(bytes.getMinValue()).as("header and all").isBetween(240L, 264L);
        assertThat(bytes.getValueAtPercentile(90)).isBetween(240L, 264L);
        assertThat(run.err()).contains("allocated-bytes", "counters: ThreadMXBean");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayWhyThereAreNoHardwareCountersAndGoOn(Jdk jdk, @TempDir Path folder) {
        assumeTrue(
                !Files.exists(Path.of("/sys/bus/event_source/devices/cpu"))
                        && !Files.exists(Path.of("/sys/bus/event_source/devices/armv8_pmuv3")),
                "this machine has hardware counters");
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("counters=instructions+cycles+page-faults")
                .run(APP, "turn", "100", "10");

        assertThat(counts(run, "page-faults", "turn(int)").getTotalCount()).isEqualTo(100);
        assertThat(capability(run, "instructions").get("detail").getAsString())
                .isEqualTo(
                        "counter instructions: perf_event_open failed with ENOENT: this machine has no hardware counters");
        assertThat(capability(run, "cycles").get("remedy").getAsString()).contains("Ask for a virtual PMU");
        assertThat(run.err())
                .contains("  not counted  instructions, cycles: perf_event_open failed with ENOENT")
                .contains("remedy: Ask for a virtual PMU: QEMU -cpu host,pmu=on");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNameTheRemedyWhereThePrivilegeIsMissing(Jdk jdk, @TempDir Path folder) throws IOException {
        int paranoid = Integer.parseInt(Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid"))
                .strip());
        assumeTrue(paranoid == 2, "kernel.perf_event_paranoid is " + paranoid);
        Jvm jvm = new Jvm(jdk, folder).agent("dump=off,counters=context-switches+page-faults");
        if (Files.getOwner(Path.of("/proc/self")).getName().equals("root")) {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv to become anybody but root");
            jvm.startedBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");
        }
        Jvm.Finished run = jvm.run(APP, "turn", "100", "10");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("  not counted  context-switches: perf_event_open failed with EACCES: it"
                        + " looks into the kernel, kernel.perf_event_paranoid is 2; remedy: Set sysctl"
                        + " kernel.perf_event_paranoid=1, or grant CAP_PERFMON")
                .containsPattern("\n  page-faults +\\d")
                .doesNotContain("not counted  page-faults");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldRefuseCountersOfVirtualThreads(Jdk jdk, @TempDir Path folder) {
        assumeTrue(jdk.feature() >= 21, "there are no virtual threads");
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("counters=context-switches,allocations=on")
                .run(APP, "virtual", "500", "3");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.dump().calls(APP + ".sleep(int)")).isEqualTo(500);
        assertThat(run.dump().histograms()).doesNotContainKey("counter.context-switches:" + APP + ".sleep(int)");
        assertThat(run.dump().histograms()).doesNotContainKey("counter.allocated-bytes:" + APP + ".sleep(int)");
        assertThat(run.dump().health("countsRefused")).isEqualTo(500);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCloseTheCountersOfThousandsOfThreads(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("counters=page-faults+task-clock+minor-faults+context-switches")
                .run(APP, "threads", "3000", "50");

        Histogram faults = counts(run, "page-faults", "turn(int)");
        assertThat(faults.getTotalCount() + run.dump().health("countsRefused")).isEqualTo(3_000);
        assertThat(run.printed("left"))
                .as("but for the one that keeps steal told from blocks")
                .isBetween(0L, 1L);
    }

    /** 200 threads at once want 800 descriptors; a quarter of 600 is theirs. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldGoOnWithoutCountersWhereDescriptorsRunOut(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .startedBy("sh", "-c", "ulimit -n 600; exec \"$@\"", "sh")
                .agent("counters=page-faults+task-clock+minor-faults+major-faults")
                .run("io.vperf.it.apps.Threads", "atOnce", "200", "50");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.printed("made")).isEqualTo(10_000);
        String work = "io.vperf.it.apps.Threads.work(int)";
        assertThat(run.dump().calls(work)).isEqualTo(10_000);
        long counted = run.dump().histogramCount("counter.page-faults:" + work);
        assertThat(run.dump().health("countersRefused")).isPositive();
        assertThat(counted).isBetween(50L, 9_950L);
        assertThat(counted + run.dump().health("countsRefused")).isEqualTo(10_000);
        assertThat(run.err()).contains("a thread has no counters, and its calls go without: ");
    }

    /** Else vperf would read from whatever is opened next under the same number, and wait where that is a pipe. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLeaveFilesAloneWhereAnApplicationClosesWhatIsNotItsOwn(Jdk jdk, @TempDir Path folder)
            throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1 << 20]);
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("counters=page-faults+minor-faults")
                .option("--add-opens=java.base/java.io=ALL-UNNAMED")
                .run(APP, "close", "3000", "10", file.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assumeTrue(run.printed("closed") > 0, "perf events are forbidden here");
        assertThat(run.printed("moved")).isZero();
        assertThat(run.dump().calls(APP + ".turn(int)")).isEqualTo(3_001);
        assertThat(run.dump().health("countersLost")).isPositive();
        assertThat(run.dump().health("countsRefused")).isEqualTo(3_000);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellAWrongNameBeforeAnythingIsMeasured(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).agent("counters=instrucions").run(APP, "turn", "1", "1");

        assertThat(run.err()).contains("counters='instrucions'", "there is no event instrucions", "instructions");
        assertThat(run.dumpFiles()).isEmpty();
    }
}
