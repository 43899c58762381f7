package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --json} and {@code --csv}, as docs/report.md says. */
class ReportFormatsTest {

    private final Path temp;

    ReportFormatsTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private CliRun of(String... options) throws IOException {
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = GoldenDump.to(temp.resolve("a.hlog")).toString();
        all[options.length + 1] = "report";
        return CliRun.of(rotated(all));
    }

    private static String[] rotated(String[] words) {
        String[] first = new String[words.length];
        first[0] = words[words.length - 1];
        System.arraycopy(words, 0, first, 1, words.length - 1);
        return first;
    }

    @Test
    void shouldPrintJson() throws IOException {
        CliRun result = of("--json");
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();

        assertThat(json.get("v").getAsInt()).isEqualTo(1);
        assertThat(json.get("kind").getAsString()).isEqualTo("report");
        assertThat(json.getAsJsonArray("warnings")).isEmpty();
        JsonObject run = json.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.get("pid").getAsLong()).isEqualTo(4711);
        assertThat(run.get("intervals").getAsInt()).isEqualTo(2);
        assertThat(run.get("fromMs").getAsLong()).isEqualTo(1_700_000_000_000L);
        JsonObject m = json.getAsJsonArray("methods").get(0).getAsJsonObject();
        assertThat(m.get("name").getAsString()).isEqualTo("shop.Order.total(long[],java.lang.String)");
        assertThat(m.get("calls").getAsLong()).isEqualTo(1003);
        assertThat(m.getAsJsonObject("self").get("ns").getAsLong()).isEqualTo(14_000_000);
        assertThat(m.getAsJsonObject("stolen").get("ns").getAsLong()).isEqualTo(3_000_000);
        assertThat(m.getAsJsonObject("stolen").get("boundNs").getAsLong()).isEqualTo(1_000_000);
        JsonObject times = m.getAsJsonObject("timesNs");
        assertThat(times.getAsJsonObject("wall").get("count").getAsLong()).isEqualTo(1003);
        assertThat(times.getAsJsonObject("wall").get("max").getAsLong()).isBetween(4_950_000L, 5_050_000L);
        assertThat(times.getAsJsonObject("correctedLeast").get("p999").getAsLong())
                .isLessThan(times.getAsJsonObject("correctedMost").get("p999").getAsLong());
    }

    /** Invariant 3. */
    @Test
    void shouldLeaveOutOfJsonWhatIsUnknown() throws IOException {
        JsonObject json = JsonParser.parseString(of("--json").out()).getAsJsonObject();
        assertThat(json.getAsJsonArray("runs").get(0).getAsJsonObject().keySet())
                .doesNotContain("stealPerVcpu", "throttled", "pauses", "network", "vmware", "outsideClock");
        JsonObject wallOnly = json.getAsJsonArray("methods").get(1).getAsJsonObject();
        assertThat(wallOnly.get("name").getAsString()).isEqualTo("Größe, a b");
        assertThat(wallOnly.keySet()).doesNotContain("stolen", "timeSpent");
        assertThat(wallOnly.getAsJsonObject("timesNs").keySet()).containsExactly("wall");
    }

    @Test
    void shouldPrintWarningsInJsonToo() throws IOException {
        Path file = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 100));
        CliRun result = CliRun.of("report", "--json", file.toString());
        JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("vperf: ");
        JsonObject warning = json.getAsJsonArray("warnings").get(0).getAsJsonObject();
        assertThat(warning.get("file").getAsString()).isEqualTo(file.toString());
        assertThat(warning.get("line").getAsLong()).isPositive();
        assertThat(result.err()).contains(warning.get("what").getAsString());
        assertThat(JsonParser.parseString(
                                CliRun.of("report", "--json", "none.hlog").out())
                        .getAsJsonObject()
                        .getAsJsonArray("runs"))
                .isEmpty();
    }

    @Test
    void shouldPrintALineOfCsvForEachMethod() throws IOException {
        CliRun result = of("--csv");
        assertThat(result.status()).isZero();
        List<String> lines = result.out().lines().toList();

        assertThat(lines).hasSize(4);
        List<String> names = Arrays.asList(lines.get(0).split(",", -1));
        assertThat(names)
                .startsWith("method", "calls")
                .contains("wall_p99_ns", "corrected_least_p999_ns", "stolen_bound_ns", "part_run_delay_ns")
                .doesNotHaveDuplicates();
        assertThat(lines.get(1)).startsWith("\"shop.Order.total(long[],java.lang.String)\",1003,1003,2,");
        // One without commas and quotes: its columns can be counted.
        String[] unknown = lines.get(3).split(",", -1);
        assertThat(unknown[0]).isEqualTo("shop.Main.serve()");
        assertThat(unknown).hasSameSizeAs(names);
        assertThat(unknown[names.indexOf("wall_p99_ns")]).isEmpty();
        assertThat(lines.get(2)).startsWith("\"Größe, a b\",1,1,0,");
    }

    @Test
    void shouldRefuseTwoFormatsAndLimitsWithoutAComparison() throws IOException {
        CliRun two = of("--json", "--csv");
        assertThat(two.status()).isEqualTo(2);
        assertThat(two.err()).startsWith("vperf: --json and --csv are two formats");
        CliRun limit = of("--fail-on", "wall-p99>1ms");
        assertThat(limit.status()).isEqualTo(2);
        assertThat(limit.err()).contains("--fail-on is of a change: give --compare A B, too", "report --help");
        CliRun one = of("--compare");
        assertThat(one.status()).isEqualTo(2);
        assertThat(one.err()).contains("--compare wants two, A and B, and was given 1");
    }
}
