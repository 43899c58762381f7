package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything at once for a while: 8 s by default, 60 s with {@code -Psoak}. */
class SoakIT {

    private static final String SECONDS = System.getProperty("vperf.test.soak.seconds", "8");
    private static final String APP = "io.vperf.it.apps.Soak";

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountExactlyAndLeakNothing(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("interval=1s,report=off")
                .option("-Xmx512m")
                .run(APP, SECONDS);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).startsWith("vperf: histograms written to ").hasLineCount(1);
        Map<String, Long> counts = counts(run.out());
        Dump dump = run.dump();
        expect(dump, APP + ".shortCall(int)", count(counts, "short"));
        expect(dump, APP + ".failing(int)", count(counts, "failing"));
        assertThat(dump.sum(APP + ".failing(int)", "exceptions")).isEqualTo(count(counts, "failed"));
        expect(dump, APP + ".recursive(int)", count(counts, "recursive"));
        expect(dump, APP + ".longCall(int)", count(counts, "long"));
        expect(dump, APP + "$Visitor.<init>()", count(counts, "constructed"));
        expect(dump, APP + "$Visitor.applyAsLong(long)", count(counts, "visits"));
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.health("lostFrames")).isZero();
        assertThat(dump.health("classesFailed")).isZero();

        assertThat(count(counts, "loaders")).isGreaterThan(50);
        assertThat(count(counts, "loadersLeft")).isLessThan(count(counts, "loaders") / 10);
        assertThat(count(counts, "heapGrowthKb")).isLessThan(4096);
        assertThat(count(counts, "filesGrowth")).isLessThan(5);
    }

    /** In the sums, in the raw and in the corrected histogram. */
    private static void expect(Dump dump, String method, long calls) {
        assertThat(dump.calls(method)).as(method).isEqualTo(calls);
        assertThat(dump.histogramCount("wall:" + method)).as("wall:" + method).isEqualTo(calls);
        if (dump.histograms().containsKey("corrected:" + method)) {
            assertThat(dump.histogramCount("corrected:" + method))
                    .as("corrected:" + method)
                    .isEqualTo(calls);
        }
    }

    private static long count(Map<String, Long> counts, String name) {
        return Objects.requireNonNull(counts.get(name), name);
    }

    private static Map<String, Long> counts(String out) {
        Map<String, Long> counts = new HashMap<>();
        out.lines().filter(line -> line.contains("=")).forEach(line -> {
            String[] parts = line.split("=", 2);
            counts.put(parts[0], Long.parseLong(parts[1]));
        });
        return counts;
    }
}
