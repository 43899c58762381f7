package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code java -jar vperf.jar cost}. */
class CostIT {

    private static final String CALL = "a measured call";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureEveryClockAndPrintNothingElse(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).cli("cost", "--json");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty(); // no warning of the JDK's about native code
        List<JsonObject> rows = rows(run);
        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(CostIT::isMeasuredOrSaysWhy);
        for (String kind : List.of("cpu=rseq", "cpu=perf", "cpu=syscall", "cpu=mxbean", "cpu=off")) {
            assertThat(rows).anyMatch(row -> is(row, CALL, kind));
        }
        for (String kind : List.of("cpu=syscall", "cpu=mxbean", "cpu=off")) {
            assertThat(rows).anyMatch(row -> is(row, CALL, kind) && isAvailable(row));
        }
        assertThat(run.dumpFiles()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayWhatIsMissingWithoutNativeCode(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder).cli("cost", "native=off");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "cpu=rseq (no system call): unavailable, switched off by native=off; remedy: remove native=off")
                .containsPattern("\\n  cpu=mxbean \\(ThreadMXBean\\)( +[\\d,.]+){4} x [\\d,]+\\n")
                .containsPattern("\\n  System.nanoTime( +[\\d,.]+){4} x [\\d,]+\\n");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureOneClockWithoutPrivileges(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm jvm = new Jvm(jdk, folder);
        boolean root = Files.getOwner(Path.of("/proc/self")).getName().equals("root");
        if (root) {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv to become anybody but root");
            jvm.startedBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");
        }
        Jvm.Finished run = jvm.cli("cost", "--json", "cpu=syscall");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(rows(run)).anyMatch(row -> is(row, CALL, "cpu=syscall") && isAvailable(row));
        assertThat(rows(run)).noneMatch(row -> is(row, CALL, "cpu=mxbean"));
    }

    private static List<JsonObject> rows(Jvm.Finished run) {
        return JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("rows").asList().stream()
                .map(row -> row.getAsJsonObject())
                .toList();
    }

    private static boolean is(JsonObject row, String group, String name) {
        return row.get("group").getAsString().startsWith(group)
                && row.get("name").getAsString().startsWith(name);
    }

    private static boolean isAvailable(JsonObject row) {
        return row.get("available").getAsBoolean();
    }

    private static void isMeasuredOrSaysWhy(JsonObject row) {
        if (isAvailable(row)) {
            JsonObject cost = row.getAsJsonObject("cost");
            assertThat(cost.get("minNs").getAsDouble()).isPositive();
            assertThat(cost.get("batches").getAsInt()).isGreaterThanOrEqualTo(200);
        } else {
            assertThat(row.get("reason").getAsString()).isNotEmpty();
        }
    }
}
