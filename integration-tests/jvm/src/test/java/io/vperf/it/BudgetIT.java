package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetIT {

    private static final String APP = "io.vperf.it.apps.Hot";

    private static Jvm.Finished run(Jdk jdk, Path folder, String options) {
        Jvm.Finished run = new Jvm(jdk, folder).agent(options).run(APP, "3000");
        assertThat(run.status()).describedAs(run.err()).isZero();
        return run;
    }

    private static Dump soundDump(Jvm.Finished run) {
        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.health("lostFrames")).isZero();
        assertThat(dump.calls("hot")).isEqualTo(run.printed("hot"));
        assertThat(dump.calls("rare")).isEqualTo(run.printed("rare"));
        assertThat(dump.calls("region:rare")).isEqualTo(run.printed("region"));
        return dump;
    }

    private static List<Integer> factors(Dump dump, String method) {
        return dump.lines("method").stream()
                .filter(line -> line.get("name").getAsString().equals(method))
                .map((JsonObject line) -> line.get("samplingFactor").getAsInt())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureAFewCallsOfAHotMethodAndAllOfARareOne(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "budget=1%,interval=500ms");

        Dump dump = soundDump(run);
        List<Integer> factors = factors(dump, "hot");
        assertThat(factors.get(0)).isEqualTo(1);
        assertThat(factors.get(factors.size() - 1)).as("%s", factors).isGreaterThan(8);
        assertThat(factors(dump, "rare")).containsOnly(1);
        assertThat(dump.sum("rare", "measuredCalls")).isEqualTo(run.printed("rare"));
        assertThat(dump.sum("region:rare", "measuredCallees")).isEqualTo(run.printed("region"));
        assertThat(dump.sum("hot", "measuredCalls")).isPositive().isLessThan(run.printed("hot"));
        assertThat(factors(dump, "region:rare")).containsOnly(1);
        assertThat(dump.histogramCount("wall:rare")).isEqualTo(run.printed("rare"));
        assertThat(dump.histogramCount("wall:region:rare")).isEqualTo(run.printed("region"));
        // Five standard deviations, as if all were drawn with the largest factor.
        int most = factors.stream().mapToInt(f -> f).max().orElse(1);
        assertThat((double) dump.histogramCount("wall:hot"))
                .isCloseTo(
                        (double) run.printed("hot"), Offset.offset(5 * Math.sqrt((double) run.printed("hot") * most)));
        assertThat(run.err())
                .containsPattern(
                        "\n  measured: 1 in 1 to [0-9,]+ calls, drawn at random; the number of calls is exact");
        Jvm.Finished report = new Jvm(jdk, folder).cli("report", dump.file().toString());
        assertThat(report.out()).contains("  measured: 1 in 1 to ");
        assertThat(report.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureEveryCallWithoutABudget(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "interval=500ms");

        Dump dump = soundDump(run);
        assertThat(factors(dump, "hot")).containsOnly(1);
        assertThat(dump.histogramCount("wall:hot")).isEqualTo(run.printed("hot"));
        assertThat(dump.sum("hot", "measuredCalls")).isEqualTo(run.printed("hot"));
        assertThat(run.err()).doesNotContain("drawn at random");
    }
}
