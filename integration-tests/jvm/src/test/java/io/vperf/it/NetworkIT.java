package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkIT {

    private static final String APP = "io.vperf.it.apps.Datagrams";
    private static final int DATAGRAMS = 2_000;
    private static final int BYTES = 1_000;

    /** Headers of IPv4 and UDP; loopback counts after it has taken off that of Ethernet. */
    private static final int HEADER_BYTES = 20 + 8;

    /** A network namespace with a sysfs of its own, in which there is nothing but lo, and that is up. */
    private static final String OWN_NETWORK = "mount -t sysfs sysfs /sys && ip link set lo up && exec \"$@\"";

    private static final String[] UNSHARE = {"unshare", "-n", "-m", "sh", "-c", OWN_NETWORK, "sh"};

    private static List<JsonObject> intervals(Dump dump, String name) {
        List<JsonObject> found = new ArrayList<>();
        for (JsonObject interval : dump.lines("interval")) {
            for (JsonElement link : interval.getAsJsonObject("network").getAsJsonArray("interfaces")) {
                if (link.getAsJsonObject().get("name").getAsString().equals(name)) {
                    found.add(link.getAsJsonObject());
                }
            }
        }
        return found;
    }

    private static long sum(List<JsonObject> intervals, String counter) {
        return intervals.stream()
                .mapToLong(link -> link.getAsJsonObject("counters").get(counter).getAsLong())
                .sum();
    }

    private static void assumeOwnNetwork(Path folder) throws Exception {
        List<String> command = new ArrayList<>(List.of(UNSHARE));
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("unshare.log").toFile())
                    .start();
            String said = process.waitFor() == 0 ? "" : Files.readString(folder.resolve("unshare.log"));
            assumeTrue(process.exitValue() == 0, () -> "no network namespace of its own (needs root and ip): " + said);
        } catch (IOException e) {
            assumeTrue(false, "no network namespace of its own: " + e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountWhatPassesThroughTheLoopbackOfThisMachine(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("network=on,interval=100ms")
                .run(APP, String.valueOf(DATAGRAMS), String.valueOf(BYTES));

        List<JsonObject> lo = intervals(run.dump(), "lo");
        assertThat(sum(lo, "rx.packets")).isGreaterThanOrEqualTo(DATAGRAMS).isEqualTo(sum(lo, "tx.packets"));
        assertThat(sum(lo, "rx.bytes"))
                .isGreaterThanOrEqualTo((long) DATAGRAMS * (BYTES + HEADER_BYTES))
                .isEqualTo(sum(lo, "tx.bytes"));
        assertThat(run.err()).contains("Network, all processes").contains("\n  lo, in ");
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    /** Nobody else sends there. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountEveryDatagramOnce(Jdk jdk, @TempDir Path folder) throws Exception {
        assumeOwnNetwork(folder);
        Jvm.Finished run = new Jvm(jdk, folder)
                .startedBy(UNSHARE)
                .agent("network=on,interval=100ms")
                .run(APP, String.valueOf(DATAGRAMS), String.valueOf(BYTES));

        List<JsonObject> lo = intervals(run.dump(), "lo");
        assertThat(sum(lo, "rx.packets")).isEqualTo(DATAGRAMS);
        assertThat(sum(lo, "tx.packets")).isEqualTo(DATAGRAMS);
        assertThat(sum(lo, "rx.bytes")).isEqualTo((long) DATAGRAMS * (BYTES + HEADER_BYTES));
        assertThat(sum(lo, "rx.errors")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotKnowWhatPassedThroughAnInterfaceThatWasMadeAnew(Jdk jdk, @TempDir Path folder) throws Exception {
        assumeOwnNetwork(folder);
        Jvm jvm = new Jvm(jdk, folder).startedBy(UNSHARE).agent("network=on,interval=100ms,dump=a.hlog,report=off");
        Process process = jvm.start("io.vperf.it.apps.Links");
        Path dump = folder.resolve("a.hlog");
        jvm.await(process, "stdout", "made");
        long before = Dump.count(dump, "interval");
        jvm.await(process, "two intervals with it", () -> Dump.count(dump, "interval") >= before + 2);
        Files.createFile(folder.resolve("again"));
        jvm.await(process, "stdout", "made anew");
        long after = Dump.count(dump, "interval");
        jvm.await(process, "two intervals with the next", () -> Dump.count(dump, "interval") >= after + 2);
        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = jvm.finish(process);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(intervals(run.dump(), "vperf0"))
                .hasSizeGreaterThanOrEqualTo(1)
                .allSatisfy(link -> assertThat(link.has("counters")).isFalse())
                .last()
                .satisfies(link -> assertThat(link.get("unknown").getAsString())
                        .isIn("it was removed and made again in this interval", "it is new in this interval"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayNothingOfTheNetworkWhereNobodyAsked(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).run(APP, "10", "10");

        assertThat(run.dump().lines("interval")).noneMatch(interval -> interval.has("network"));
        assertThat(run.err()).doesNotContain("Network");
    }
}
