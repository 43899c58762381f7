package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in recordings of the Flight Recorder, held against the dump. */
class JfrIT {

    private static final String APP = "io.vperf.it.apps.Spending";
    private static final String SERVICE = "io.vperf.it.apps.Service";
    private static final String WORK = SERVICE + ".work(int)";
    private static final String METHOD = "io.vperf.MethodInterval";

    private static final Map<String, String> FIELDS = Map.of(
            "calls", "calls",
            "exceptions", "exceptions",
            "wallNs", "wall",
            "selfNs", "self",
            "cpuNs", "cpu",
            "stolenNs", "stolen",
            "boundNs", "stolenBound",
            "correctedNs", "corrected",
            "uncorrectedCalls", "uncorrectedCalls",
            "pausedNs", "jvmPaused");

    private static List<RecordedEvent> events(Path file, String name) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static long ms(RecordedEvent event, String field) {
        return event.getInstant(field).toEpochMilli();
    }

    /** The dump's lines of a kind, by the end of their interval and their method. */
    private static Map<String, List<JsonObject>> byInterval(Dump dump, String kind) {
        Map<String, List<JsonObject>> all = new TreeMap<>();
        List<JsonObject> interval = new ArrayList<>();
        for (JsonObject line : dump.lines()) {
            String is = line.get("kind").getAsString();
            if (is.equals(kind)) {
                interval.add(line);
            } else if (is.equals("interval")) {
                for (JsonObject one : interval) {
                    String key = line.get("endMs").getAsString() + " "
                            + one.get("name").getAsString();
                    all.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
                }
                interval.clear();
            }
        }
        return all;
    }

    private static void assertSame(RecordedEvent event, String field, @Nullable JsonElement dumped) {
        assertThat(event.getLong(field))
                .as("%s of %s", field, event)
                .isEqualTo(dumped == null ? Long.MIN_VALUE : dumped.getAsLong());
    }

    private static String capital(String key) {
        return "part" + Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }

    private static void assertParts(RecordedEvent event, JsonObject parts) {
        for (String key : parts.keySet()) {
            assertSame(event, capital(key), parts.get(key));
        }
    }

    private static void assertPercentiles(RecordedEvent event, String prefix, Histogram times) {
        Map<String, Double> percentiles = Map.of("50", 50.0, "90", 90.0, "99", 99.0, "999", 99.9);
        percentiles.forEach(
                (name, percentile) -> assertThat(event.getLong(prefix.isEmpty() ? "p" + name : prefix + "P" + name))
                        .as("%s %s of %s", prefix, name, event)
                        .isEqualTo(times.getValueAtPercentile(percentile)));
        assertThat(event.getLong(prefix.isEmpty() ? "max" : prefix + "Max")).isEqualTo(times.getMaxValue());
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldHoldWhatTheDumpHolds(Jdk jdk, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.jfr");
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("")
                .option("-XX:StartFlightRecording=filename=" + file)
                .run(APP, "mix", "sleep", "burn", "sleep"); // burn is settled by the time JFR stops

        assertThat(run.status()).as(run.err()).isZero();
        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).as(run.err()).isZero();
        Map<String, List<JsonObject>> methods = byInterval(dump, "method");
        List<RecordedEvent> recorded = events(file, METHOD);
        assertThat(recorded).extracting(e -> e.getString("method")).contains("warm", "mix", "sleep", "burn");
        for (RecordedEvent event : recorded) {
            String name = event.getString("method");
            JsonObject line = Objects.requireNonNull(methods.get(ms(event, "intervalEnd") + " " + name))
                    .get(0);
            FIELDS.forEach((dumped, field) -> assertSame(event, field, line.get(dumped)));
            assertParts(event, line.getAsJsonObject("parts"));
            if (dump.calls(name) == event.getLong("calls")) { // else the dump's histograms are of several intervals
                assertPercentiles(
                        event, "", Objects.requireNonNull(dump.histograms().get("wall:" + name)));
                assertPercentiles(
                        event,
                        "corrected",
                        Objects.requireNonNull(dump.histograms().get("corrected:" + name)));
            }
        }
        assertSlowCalls(dump, events(file, "io.vperf.SlowCall"));
        assertIntervals(dump, events(file, "io.vperf.Interval"), events(file, "io.vperf.Vcpu"));
    }

    private static void assertIntervals(Dump dump, List<RecordedEvent> recorded, List<RecordedEvent> vcpus) {
        assertThat(recorded).isNotEmpty();
        int expected = 0;
        for (RecordedEvent event : recorded) {
            JsonObject line = dump.lines("interval").stream()
                    .filter(one -> one.get("endMs").getAsLong() == ms(event, "intervalEnd")
                            && one.get("startMs").getAsLong() == ms(event, "intervalStart"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not in the dump: " + event));
            assertSame(event, "mostStolen", line.get("mostStolenNs"));
            expected += line.getAsJsonArray("vcpus").size();
        }
        assertThat(vcpus).as("one for each vCPU and interval").hasSize(expected);
    }

    private static void assertSlowCalls(Dump dump, List<RecordedEvent> recorded) {
        assertThat(recorded).isNotEmpty();
        for (RecordedEvent event : recorded) {
            JsonObject call = dump.lines("slow").stream()
                    .filter(line -> line.get("name").getAsString().equals(event.getString("method"))
                            && line.get("wallNs").getAsLong() == event.getLong("wall"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not in the dump: " + event));
            assertThat(ms(event, "callStart")).isEqualTo(call.get("startMs").getAsLong());
            assertThat(event.getString("threadName"))
                    .isEqualTo(call.get("thread").getAsString());
            assertParts(event, call.getAsJsonObject("parts"));
        }
        assertThat(recorded)
                .as("who called")
                .anyMatch(event -> event.getString("method").equals("monitor")
                        && event.getString("callers").equals("mix"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBeReadByTheJdksTools(Jdk jdk, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.jfr");
        new Jvm(jdk, folder)
                .agent("cpu=off")
                .option("-XX:StartFlightRecording=filename=" + file)
                .run(APP, "sleep", "mix"); // the last one is not settled yet when JFR stops

        assertThat(jdk.tool("jfr", "print", "--events", METHOD, file.toString()))
                .contains("method = \"sleep\"", "cpu = N/A", "stolen = N/A", "calls = 1");
        assertThat(jdk.tool("jfr", "metadata", "--events", METHOD, file.toString()))
                .contains("@Category(\"vperf\")", "@Label(\"Corrected p99.9\")");
        if (jdk.feature() >= 21) {
            assertThat(jdk.tool("jfr", "view", "--width", "500", METHOD, file.toString()))
                    .contains("sleep", "N/A", "Self Time");
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldShowWhatRanWhileARecordingStartedLaterDid(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm service = new Jvm(jdk, folder).agent("interval=1h").option("-Xlog:class+load:file=classes.txt");
        Process process = service.start(SERVICE, "wait", "0");
        service.await(process, "stdout", "at=");
        assertThat(loaded(folder)).as("before anybody records").isEmpty();
        Path file = folder.resolve("late.jfr");
        String pid = Long.toString(process.pid());
        jdk.tool("jcmd", pid, "JFR.start", "name=late");
        service.await(process, "VcpuEvent", () -> loaded(folder).contains("io.vperf.export.jfr.VcpuEvent"));
        TimeUnit.MILLISECONDS.sleep(500);
        jdk.tool("jcmd", pid, "JFR.stop", "name=late", "filename=" + file);
        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = service.finish(process);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.dump().health("suppressedErrors")).as(run.err()).isZero();
        RecordedEvent event = events(file, METHOD).get(0);
        assertThat(event.getString("method")).isEqualTo(WORK);
        assertThat(event.getLong("calls")).isBetween(100L, run.dump().calls(WORK));
        assertThat(byInterval(run.dump(), "method").get(ms(event, "intervalEnd") + " " + WORK))
                .extracting(line -> line.get("calls").getAsLong())
                .containsExactly(event.getLong("calls"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLoadNothingOfTheFlightRecorderWhereNobodyRecords(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("interval=100ms")
                .option("-Xlog:class+load:file=classes.txt")
                .run(APP, "sleep");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.dump().lines("interval")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(loaded(folder)).isEmpty();
    }

    /** Classes of the Flight Recorder, and those of vperf's that need it. */
    private static List<String> loaded(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("classes.txt")).stream()
                    .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                    .filter(word -> word.startsWith("jdk.jfr.")
                            || (word.startsWith("io.vperf.export.jfr.") && !word.endsWith(".JfrSink")))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldDoWithoutTheModule(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("interval=100ms,report=off")
                .option("--limit-modules=java.base,java.instrument,java.management,jdk.management,jdk.unsupported")
                .run(APP, "sleep");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.dump().health("suppressedErrors")).as(run.err()).isZero();
        assertThat(run.dump().calls("sleep")).isEqualTo(1);
        assertThat(run.err()).doesNotContain("jfr").doesNotContain("Flight");
    }
}
