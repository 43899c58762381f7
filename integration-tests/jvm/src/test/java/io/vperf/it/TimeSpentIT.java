package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the time of calls went, held against what the program that made them knows itself. */
class TimeSpentIT {

    private static final String APP = "io.vperf.it.apps.Spending";
    private static final long MS = 1_000_000;

    /** What a program printed of a call: wall time, CPU time, run delay by schedstat, which may hold some of what was beside it. */
    private record Known(long wallNs, long cpuNs, long runDelayNs, long besideNs) {

        static List<Known> of(Jvm.Finished run, String name) {
            return run.out()
                    .lines()
                    .filter(line -> line.startsWith(name + "="))
                    .map(line -> Arrays.stream(line.substring(name.length() + 1).split(" ", -1))
                            .mapToLong(Long::parseLong)
                            .toArray())
                    .map(ns -> new Known(ns[0], ns[1], ns[2], ns[3]))
                    .sorted(Comparator.comparingLong(Known::wallNs).reversed())
                    .toList();
        }
    }

    private static Jvm.Finished run(Jvm jvm, String... ways) {
        Jvm.Finished run = jvm.run(APP, ways);
        assertThat(run.status()).as(run.err()).isZero();
        for (String kind : new String[] {"method", "slow"}) {
            for (JsonObject line : run.dump().lines(kind)) {
                long sumNs = 0;
                for (Map.Entry<String, JsonElement> part :
                        line.getAsJsonObject("parts").entrySet()) {
                    assertThat(part.getValue().getAsLong()).as(line.toString()).isNotNegative();
                    sumNs += part.getValue().getAsLong();
                }
                assertThat(sumNs)
                        .as(line.toString())
                        .isEqualTo(line.get("wallNs").getAsLong());
            }
        }
        assertThat(run.dump().health("suppressedErrors")).isZero();
        return run;
    }

    /** Those of a method, the slowest first. */
    private static List<JsonObject> slow(Jvm.Finished run, String method) {
        return run.dump().lines("slow").stream()
                .filter(line -> line.get("name").getAsString().equals(method))
                .sorted(Comparator.comparingLong(
                                (JsonObject line) -> line.get("wallNs").getAsLong())
                        .reversed())
                .toList();
    }

    private static long part(JsonObject line, String... names) {
        JsonObject parts = line.getAsJsonObject("parts");
        return Arrays.stream(names)
                .mapToLong(name -> parts.get(name).getAsLong())
                .sum();
    }

    /** 5 % or 1 ms. */
    private static long tolerance(long ns) {
        return Math.max(ns / 20, MS);
    }

    private static boolean isKnown(Jvm.Finished run, String capability) {
        for (JsonElement c : run.dump().run().getAsJsonArray("capabilities")) {
            if (c.getAsJsonObject().get("name").getAsString().equals(capability)) {
                return c.getAsJsonObject().get("available").getAsBoolean();
            }
        }
        throw new AssertionError("nothing is said of " + capability);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellRunningSleepingMonitorsAndReadingApart(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(new Jvm(jdk, folder).agent(""), "mix", "sleep", "park", "monitor", "read", "burn");

        for (String way : List.of("mix", "sleep", "park", "monitor", "read", "burn")) {
            Known known = Known.of(run, way).get(0);
            JsonObject call = slow(run, way).get(0);
            assertThat(part(call, "running")).as("%s", call).isCloseTo(known.cpuNs(), within(tolerance(known.cpuNs())));
            assertThat(part(call, "runDelay", "throttled", "stolen", "offCpu"))
                    .as("%s of %s", call, known)
                    .isCloseTo(
                            known.runDelayNs(),
                            within(tolerance(known.runDelayNs()) + known.besideNs() + part(call, "stolen", "offCpu")));
            assertThat(part(call, "unknown", "runningOrStolen")).isZero();
            assertStart(call, run, way);
        }
        JsonObject mix = slow(run, "mix").get(0);
        assertNear(mix, 100 * MS, "monitor");
        assertNear(mix, 100 * MS, "waiting");
        assertNear(mix, 100 * MS, "blocked");
        assertNear(slow(run, "sleep").get(0), 300 * MS, "waiting");
        assertNear(slow(run, "park").get(0), 300 * MS, "waiting");
        assertNear(slow(run, "monitor").get(0), 300 * MS, "monitor");
        assertNear(slow(run, "read").get(0), 300 * MS, "blocked");
        assertThat(part(slow(run, "burn").get(0), "monitor", "waiting")).isZero();
    }

    /** Within the two moments that the program printed, by the clock on the wall, a millisecond of rounding aside. */
    private static void assertStart(JsonObject call, Jvm.Finished run, String way) {
        long[] betweenMs = run.out()
                .lines()
                .filter(line -> line.startsWith(way + "Ms="))
                .flatMap(line -> Arrays.stream(line.substring(way.length() + 3).split(" ", -1)))
                .mapToLong(Long::parseLong)
                .toArray();
        long startMs = call.get("startMs").getAsLong();
        assertThat(startMs)
                .as("%s after %s", call, betweenMs[0])
                .isBetween(
                        betweenMs[0] - 2, betweenMs[1] + 2 - call.get("wallNs").getAsLong() / MS);
    }

    /** What the JVM counts as waiting holds the wait for a vCPU at its end, which is run delay already. */
    private static void assertNear(JsonObject call, long ns, String part) {
        long otherwiseNs = part(call, "runDelay", "stolen", "throttled", "offCpu", "running");
        boolean mixed = call.get("name").getAsString().equals("mix");
        long busyNs = mixed ? otherwiseNs - 100 * MS : otherwiseNs;
        assertThat(part(call, part))
                .as("%s of %s", part, call)
                .isCloseTo(ns, within(tolerance(ns) + Math.max(0, busyNs)));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldKeepTheSlowestCallsWhole(Jdk jdk, @TempDir Path folder) {
        long beforeMs = System.currentTimeMillis();
        Jvm.Finished run = run(new Jvm(jdk, folder).agent("slow-calls=3,slow=250ms,allocations=on"), "mix", "sleep");

        JsonObject within = slow(run, "monitor").get(0);
        assertThat(within.getAsJsonArray("callers")).hasToString("[\"mix\"]");
        assertThat(within.get("thread").getAsString()).isEqualTo("main");
        assertThat(within.get("startMs").getAsLong()).isBetween(beforeMs, System.currentTimeMillis());
        assertThat(within.getAsJsonObject("counters").get("allocated-bytes").getAsLong())
                .isPositive();
        assertThat(within.get("vcpuAtEntry").getAsInt()).isNotNegative();
        assertThat(slow(run, "warm"))
                .as("the slowest three, though there were twenty")
                .hasSize(3);
        assertThat(run.err()).contains("slowest").contains("called by mix").contains("time spent");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldKnowTheRunDelayOfThreadsThatShareVcpus(Jdk jdk, @TempDir Path folder) {
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        Jvm.Finished run = run(new Jvm(jdk, folder).agent("slow-calls=100"), "spin:" + threads + ":1500");

        // Which is which the run delays tell: they differ more than the wall times do.
        List<Known> known = Known.of(run, "spin").stream()
                .sorted(Comparator.comparingLong(Known::runDelayNs))
                .toList();
        List<JsonObject> calls = slow(run, "spin").stream()
                .sorted(Comparator.comparingLong(call -> part(call, "runDelay", "throttled")))
                .toList();
        assertThat(calls).hasSize(threads);
        for (int i = 0; i < threads; i++) {
            long delayNs = known.get(i).runDelayNs();
            assertThat(part(calls.get(i), "runDelay", "throttled"))
                    .as("%s of %s", calls.get(i), known.get(i))
                    .isCloseTo(
                            delayNs,
                            within(tolerance(delayNs)
                                    + known.get(i).besideNs()
                                    + part(calls.get(i), "stolen", "offCpu")));
            assertThat(part(calls.get(i), "monitor", "waiting")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldKnowWhatAQuotaCost(Jdk jdk, @TempDir Path folder) throws Exception {
        Path parent = CpuCgroup.parent();
        assumeTrue(parent != null, "no cgroup with the cpu controller can be made here");
        Path cgroup = Files.createDirectory(Objects.requireNonNull(parent)
                .resolve("vperf-" + ProcessHandle.current().pid() + "-" + jdk.feature()));
        try {
            CpuCgroup.setQuota(cgroup, 20_000, 100_000); // less than what others may leave of the vCPU
            // On one vCPU, as the counter adds up those of all, whoever was kept waiting there.
            Jvm.Finished run = run(
                    new Jvm(jdk, folder)
                            .agent("")
                            .startedBy(
                                    "taskset",
                                    "-c",
                                    "0",
                                    "sh",
                                    "-c",
                                    "echo $$ > " + cgroup.resolve("cgroup.procs") + " && exec \"$@\"",
                                    "sh"),
                    "quota:" + cgroup.resolve("cpu.stat") + ":3000");

            assertThat(isKnown(run, "throttling")).isTrue();
            long countedNs = run.printed("throttled");
            JsonObject call = slow(run, "spin").get(0);
            assertThat(countedNs).as("the quota works").isGreaterThan(1_000 * MS);
            assertThat(part(call, "throttled")).as(call.toString()).isCloseTo(countedNs, within(countedNs / 20));
            assertThat(run.err()).contains("Throttling by CPU quotas");
        } finally {
            Files.delete(cgroup);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotAskAnybodyIfNobodyWantsToKnow(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm.Finished run = new Jvm(jdk, folder).agent("explain=off").run(APP, "sleep");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.dump().lines("slow")).isEmpty();
        assertThat(run.dump().lines("method")).noneMatch(line -> line.has("parts"));
        assertThat(run.err()).doesNotContain("time spent");
    }
}
