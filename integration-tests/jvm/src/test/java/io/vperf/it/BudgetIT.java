package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetIT {

    private static final String APP = "io.vperf.it.apps.Hot";

    private static Jvm.Finished run(Jdk jdk, Path folder, String options) {
        return run(jdk, folder, options, APP);
    }

    private static Jvm.Finished run(Jdk jdk, Path folder, String options, String app) {
        Jvm.Finished run = new Jvm(jdk, folder).agent(options).run(app, "3000");
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
                        "\n  measured: [0-9,]+ of them, drawn at random, and [0-9,]+ from times when all were measured; the"
                                + " number of calls is exact");
        Jvm.Finished report = new Jvm(jdk, folder).cli("report", dump.file().toString());
        assertThat(report.out()).containsPattern("\n  measured: [0-9,]+ of them, drawn at random");
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

    /** Nanoseconds of CPU time, and how far off they may be: five standard errors, and the probe's own time once more. */
    private record Estimated(double ns, double boundNs) {

        static Estimated cpu(Dump dump, String method) {
            double ns = 0;
            double probeNs = 0;
            double variance = 0;
            for (JsonObject line : dump.lines("method")) {
                if (!line.get("name").getAsString().equals(method) || !line.has("cpuNs")) {
                    continue;
                }
                ns += line.get("cpuNs").getAsLong();
                JsonObject estimate = line.getAsJsonObject("estimate");
                if (estimate != null && estimate.has("cpuErrorNs")) {
                    probeNs += estimate.get("probeNs").getAsLong();
                    variance += Math.pow(estimate.get("cpuErrorNs").getAsDouble(), 2);
                }
            }
            return new Estimated(ns - probeNs, 5 * Math.sqrt(variance) + probeNs);
        }
    }

    private static boolean anyEstimate(Dump dump, String method, Predicate<JsonObject> test) {
        return dump.lines("method").stream()
                .filter(line -> line.get("name").getAsString().equals(method) && line.has("estimate"))
                .anyMatch(line -> test.test(line.getAsJsonObject("estimate")));
    }

    /** No more than the loops around the calls took; and of 1,000 steps about what they take unmeasured. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldBoundWhatItEstimates(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, "budget=1%,interval=500ms", "io.vperf.it.apps.Budgeted");

        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.health("lostFrames")).isZero();
        for (String method : List.of("nothing", "tiny", "small", "middle")) {
            assertThat(dump.calls(method)).as(method).isEqualTo(run.printed(method));
            Estimated cpu = Estimated.cpu(dump, method);
            assertThat(cpu.ns() - cpu.boundNs()).as("%s %s", method, cpu).isLessThan((double)
                    run.printed(method + "Ns"));
        }
        assertThat(dump.calls("recursive")).isEqualTo(run.printed("recursive"));
        assertThat(dump.calls("caller")).isEqualTo(run.printed("caller"));
        assertThat(factors(dump, "nothing")).anyMatch(factor -> factor > 8);
        assertThat(Estimated.cpu(dump, "nothing").ns()).isLessThan((double) run.printed("elapsedNs"));
        Estimated small = Estimated.cpu(dump, "small");
        assertThat(small.ns() + small.boundNs()).as("%s", small).isGreaterThan(run.printed("plainNs") / 10.0);
        assertThat(anyEstimate(dump, "nothing", e -> e.get("probeNs").getAsLong() > 0))
                .isTrue();
        assertThat(anyEstimate(dump, "nothing", e -> e.get("recursive").getAsBoolean()))
                .isFalse();
        assertThat(anyEstimate(dump, "recursive", e -> e.get("recursive").getAsBoolean()))
                .isTrue();
        assertThat(anyEstimate(dump, "caller", e -> e.get("countedCallees").getAsLong() > 0))
                .isTrue();
        assertThat(run.err())
                .containsPattern("\nrecursive\n.*, self at most .*, total at most ")
                .containsPattern("\ncaller\n.*, self at most ")
                .contains("\n  it calls itself: ")
                .containsPattern("\n  self holds (about )?[0-9,]+ calls of measured methods that were only counted\n")
                .containsPattern("\n  raw: self .* of the probe's own; some [0-9.]+ [nu]s of each time below");
        assertThat(new Jvm(jdk, folder).cli("report", dump.file().toString()).out())
                .contains("\n  raw: self ", ", self at most ", "\n  it calls itself: ");
    }
}
