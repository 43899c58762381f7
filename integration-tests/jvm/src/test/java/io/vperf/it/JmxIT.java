package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The MXBean, through a real connection, held against the dump and the program. */
class JmxIT {

    private static final String APP = "io.vperf.it.apps.Steered";
    private static final String PLAIN = "io.vperf.it.apps.Steered$Plain.plain(int)";
    private static final int MOST_TRIES = 20;
    private static final String PATTERN = "io.vperf.it.apps.Steered$Plain#plain";

    /** What a program does meanwhile. */
    private interface Steering {
        void by(Jmx jmx) throws Exception;
    }

    private static Jvm.Finished run(Jdk jdk, Path folder, String options, Steering steering) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent(options);
        Process process = jvm.start(APP);
        jvm.await(process, "stdout", "at=");
        try (Jmx jmx = Jmx.connect(process)) {
            jvm.await(process, "the bean", jmx::isThere);
            steering.by(jmx);
        } finally {
            Files.createFile(folder.resolve("stop"));
        }
        Jvm.Finished run = jvm.finish(process);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.dump().health("suppressedErrors")).as(run.err()).isZero();
        return run;
    }

    private static CompositeData marked(Jmx jmx, String attribute) throws Exception {
        return jmx.methods(attribute).stream()
                .filter(m -> m.get("name").equals("marked"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldShowWhatTheDumpHoldsAndEndNoInterval(Jdk jdk, @TempDir Path folder) throws Exception {
        CompositeData[] shown = new CompositeData[3];
        Jvm.Finished run = run(jdk, folder, "interval=1h", jmx -> {
            assertThat(jmx.get("State")).isEqualTo("measuring");
            assertThat(jmx.get("LatestInterval")).as("none has ended").isNull();
            for (int i = 0; i < 20; i++) {
                assertThat(jmx.methods("Methods")).isEmpty();
            }
            jmx.call("dumpNow");
            shown[0] = marked(jmx, "LatestMethods");
            shown[1] = marked(jmx, "Methods");
            shown[2] = (CompositeData) jmx.get("LatestInterval");
            assertThat(((TabularData) jmx.get("Environment")).size()).isGreaterThan(10);
            assertThat(((TabularData) jmx.get("Health")).containsKey(new Object[] {"suppressedErrors"}))
                    .isFalse();
        });

        List<JsonObject> intervals = run.dump().lines("interval");
        assertThat(intervals).as("dumpNow, and two at the end").hasSize(3);
        assertThat(Instant.parse((String) shown[2].get("end")).toEpochMilli())
                .isEqualTo(intervals.get(0).get("endMs").getAsLong());
        JsonObject line = run.dump().lines("method").get(0);
        Map.of(
                        "calls", "calls",
                        "exceptions", "exceptions",
                        "wallNs", "wallNs",
                        "selfNs", "selfNs",
                        "cpuNs", "cpuNs",
                        "stolenNs", "stolenNs",
                        "correctedNs", "correctedNs")
                .forEach((attribute, dumped) -> {
                    Object expected =
                            line.has(dumped) ? (Object) line.get(dumped).getAsLong() : null;
                    assertThat(shown[0].get(attribute)).as(attribute).isEqualTo(expected);
                    assertThat(shown[1].get(attribute)).as(attribute).isEqualTo(expected);
                });
        assertThat((Long) shown[0].get("p50Ns")).isBetween(1L, (Long) shown[0].get("maxNs"));
        Histogram all = Objects.requireNonNull(run.dump().histograms().get("wall:marked"));
        assertThat(all.getMaxValue()).isGreaterThanOrEqualTo((Long) shown[0].get("maxNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotRecordWhileSuspendedAndSaySo(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished run = run(jdk, folder, "interval=1h", jmx -> {
            jmx.call("pause");
            assertThat(jmx.get("State")).isEqualTo("suspended");
            TimeUnit.MILLISECONDS.sleep(1_000);
            jmx.call("resume");
            assertThat(jmx.get("State")).isEqualTo("measuring");
            assertThat(((CompositeData) jmx.get("LatestInterval")).get("suspended"))
                    .isEqualTo(true);
            TimeUnit.MILLISECONDS.sleep(200);
        });

        List<JsonObject> intervals = run.dump().lines("interval");
        assertThat(intervals.stream().filter(line -> line.has("suspended"))).hasSize(1);
        JsonObject suspended = intervals.get(1);
        assertThat(suspended.get("suspended").getAsBoolean()).isTrue();
        assertThat(suspended.get("endMs").getAsLong() - suspended.get("startMs").getAsLong())
                .isGreaterThanOrEqualTo(1_000);
        assertThat(run.dump().calls("marked"))
                .as("without those of a second, %s in all", run.printed("calls"))
                .isPositive()
                .isLessThan(run.printed("calls") - 1_000);
        assertThat(run.err()).containsPattern("incomplete   1\\.\\d+ s of it not measured, as it was suspended");
    }

    /** How many calls there were of a method that is measured no more: one in progress may still end, and a long one wait for its correction. */
    private static long settled(Jmx jmx, String method) throws Exception {
        long calls = -1;
        long before;
        int tries = 0;
        do {
            before = calls;
            TimeUnit.MILLISECONDS.sleep(300);
            jmx.call("dumpNow");
            calls = jmx.calls("Methods", method);
        } while (calls != before && ++tries < MOST_TRIES);
        return calls;
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureByPatternsForAsLongAsTheyAreThere(Jdk jdk, @TempDir Path folder) throws Exception {
        long[] calls = new long[2];
        Jvm.Finished run = run(jdk, folder, "interval=1h", jmx -> {
            assertThat(jmx.call("addPatterns", PATTERN)).isEqualTo(1);
            assertThat((String[]) jmx.get("Patterns")).containsExactly(PATTERN);
            assertThat(jmx.call("addPatterns", PATTERN)).as("again").isEqualTo(0);
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(jmx.call("removePatterns", PATTERN)).isEqualTo(1);
            assertThat((String[]) jmx.get("Patterns")).isEmpty();
            calls[0] = settled(jmx, PLAIN);
            calls[1] = jmx.calls("Methods", "marked");
            TimeUnit.MILLISECONDS.sleep(300);
            assertThatThrownBy(() -> jmx.call("removePatterns", PATTERN))
                    .hasRootCauseMessage(
                            "'" + PATTERN + "' is not among the patterns: there are none; write it as it stands there");
            assertThatThrownBy(() -> jmx.call("addPatterns", null))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasStackTraceContaining("no pattern is given (null)");
            assertThatThrownBy(() -> jmx.call("addPatterns", "a..b")).hasRootCauseInstanceOf(Exception.class);
        });

        assertThat(calls[0]).isPositive();
        assertThat(run.dump().calls(PLAIN)).as("none after").isEqualTo(calls[0]);
        assertThat(run.dump().calls("marked"))
                .as("all")
                .isEqualTo(run.printed("calls"))
                .isGreaterThan(calls[1]);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeginAnewWithoutTakingAnythingFromTheDump(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished run = run(jdk, folder, "interval=1h", jmx -> {
            jmx.call("reset");
            assertThat(jmx.calls("Methods", "marked")).isZero();
            jmx.set("IntervalMillis", 100L);
            assertThat(jmx.get("IntervalMillis")).isEqualTo(100L);
            TimeUnit.MILLISECONDS.sleep(1_000);
            assertThat(jmx.calls("Methods", "marked")).isPositive();
            assertThatThrownBy(() -> jmx.set("IntervalMillis", 5L))
                    .hasRootCauseMessage("interval of 5 ms: give 100 to 3600000 ms");
        });

        assertThat(run.dump().calls("marked")).isEqualTo(run.printed("calls"));
        assertThat(run.dump().lines("interval")).hasSizeBetween(5, 40);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotBeThereIfNobodyWantsIt(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("jmx=off");
        Process process = jvm.start(APP);
        jvm.await(process, "stdout", "at=");
        try (Jmx jmx = Jmx.connect(process)) {
            TimeUnit.MILLISECONDS.sleep(500);
            assertThat(jmx.isThere()).isFalse();
        } finally {
            Files.createFile(folder.resolve("stop"));
        }
        assertThat(jvm.finish(process).status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldHaveNoServerCreatedWhereTheApplicationHasNone(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("interval=100ms")
                .option("-Xlog:class+load:file=classes.txt")
                .run("io.vperf.it.apps.Service", "exit", "0");

        assertThat(run.dump().lines("interval")).isNotEmpty();
        assertThat(Files.readAllLines(folder.resolve("classes.txt")))
                .noneMatch(line -> line.contains("javax.management.MBeanServerFactory ")
                        || line.contains("io.vperf.export.jmx.VperfBean"));
    }
}
