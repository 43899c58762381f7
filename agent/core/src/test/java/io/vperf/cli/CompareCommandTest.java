package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    private final Path temp;

    CompareCommandTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private CliRun compared(String... options) throws IOException {
        String[] all = new String[options.length + 4];
        all[0] = "report";
        all[1] = "--compare";
        System.arraycopy(options, 0, all, 2, options.length);
        all[options.length + 2] = GoldenDump.to(temp.resolve("a.hlog")).toString();
        all[options.length + 3] = GoldenDump.to(temp.resolve("b.hlog")).toString();
        return CliRun.of(all);
    }

    /** Two intervals say nothing of noise. */
    @Test
    void shouldCompareTwoFiles() throws IOException {
        CliRun result = compared();
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("vperf comparison of A and B")
                .contains(
                        "  A  pid 4711 on box-1, 2 intervals, 10.0 s from 2023-11-14 22:13:20.000Z on",
                        "shop.Order.total(long[],java.lang.String)",
                        "unknown whether it changed: in A it was called in 1 of its intervals only, 5 are needed");
    }

    @Test
    void shouldEndWithThreeWhereALimitIsBroken() throws IOException {
        CliRun result = compared("--fail-on", "wall-p99>1us", "--fail-on=wall-mean>+5%");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out()).contains("wall-p99>1us is BROKEN: shop.Order.total", "kept 2 times of 4");
        assertThat(result.err()).isEqualTo("vperf: a limit of --fail-on is broken" + System.lineSeparator());
    }

    /** Of the second method neither CPU time nor steal is known. */
    @Test
    void shouldEndWithOneWhereALimitCannotBeChecked() throws IOException {
        CliRun result = compared("--fail-on", "corrected-p99>+10%");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("CANNOT BE CHECKED: Größe, a b, steal is unknown in A and B");
        assertThat(result.err()).contains("a limit of --fail-on could not be checked");
    }

    @Test
    void shouldPrintJson() throws IOException {
        JsonObject json = JsonParser.parseString(
                        compared("--json", "--fail-on", "wall-p50>+10%").out())
                .getAsJsonObject();
        assertThat(json.get("kind").getAsString()).isEqualTo("comparison");
        assertThat(json.get("v").getAsInt()).isEqualTo(1);
        assertThat(json.getAsJsonArray("limits")).hasSize(2);
        assertThat(json.getAsJsonArray("a").get(0).getAsJsonObject().get("host").getAsString())
                .isEqualTo("box-1");
    }

    @Test
    void shouldRefuseWrongLimitsAllAtOnce() throws IOException {
        CliRun result = compared("--fail-on", "wall-p95>10%", "--fail-on", "tall-p99>1ms");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("vperf: "));
        assertThat(result.err()).contains("no figure 'wall-p95'", "no figure 'tall-p99'", "accepted: wall");
        assertThat(compared("--csv").err()).contains("--compare has no --csv");
    }

    @Test
    void shouldNameTheSideThatCannotBeRead() throws IOException {
        CliRun result = CliRun.of(
                "report",
                "--compare",
                GoldenDump.to(temp.resolve("a.hlog")).toString(),
                temp.resolve("none.hlog").toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("none.hlog: cannot be read: no such file", "no run could be read from B, '");
    }
}
