package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportCommandTest {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*)</script>\n");

    private final Path temp;
    private final Path file;

    HtmlReportCommandTest(@TempDir Path temp) {
        this.temp = temp;
        this.file = temp.resolve("page.html");
    }

    private String page(Path... dumps) throws IOException {
        String[] arguments = new String[dumps.length + 3];
        arguments[0] = "report";
        arguments[1] = "--html";
        arguments[2] = file.toString();
        for (int i = 0; i < dumps.length; i++) {
            arguments[i + 3] = dumps[i].toString();
        }
        CliRun result = CliRun.of(arguments);
        assertThat(result.out()).as(result.err()).isEmpty();
        return Files.readString(file);
    }

    private static JsonObject data(String page) {
        Matcher matcher = DATA.matcher(page);
        assertThat(matcher.find()).isTrue();
        return JsonParser.parseString(matcher.group(1)).getAsJsonObject();
    }

    private static JsonObject method(JsonObject data, String name) {
        for (var m : data.getAsJsonArray("methods")) {
            if (m.getAsJsonObject().get("name").getAsString().equals(name)) {
                return m.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + name + " in " + data);
    }

    @Test
    void shouldHoldWhatTheDumpKnows() throws IOException {
        JsonObject data = data(page(GoldenDump.to(temp.resolve("a.hlog"))));

        JsonObject m = method(data, "shop.Order.total(long[],java.lang.String)");
        assertThat(m.get("calls").getAsLong()).isEqualTo(1003);
        assertThat(m.get("exceptions").getAsLong()).isEqualTo(2);
        assertThat(m.get("stolenNs").getAsLong()).isEqualTo(3_000_000);
        JsonObject times = m.getAsJsonObject("times");
        assertThat(times.keySet())
                .contains("wall", "corrected", "correctedLeast", "correctedMost", "cpu", "cpuCorrected");
        assertThat(times.getAsJsonObject("wall").getAsJsonArray("ns").get(3).getAsLong())
                .isEqualTo(5_013_503);
        JsonObject run = data.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.getAsJsonObject("header").get("host").getAsString()).isEqualTo("box-1");
        assertThat(run.getAsJsonObject("header").getAsJsonArray("capabilities")).isNotEmpty();
    }

    /** Invariant 3. */
    @Test
    void shouldHaveNullForWhatIsUnknown() throws IOException {
        Path dump = GoldenDump.to(temp.resolve("a.hlog"));
        String text = Files.readString(dump);
        // The second interval alone: there steal is unknown, and the head is lost.
        Files.writeString(dump, text.substring(text.indexOf('\n', text.indexOf("\"kind\":\"interval\"")) + 1));

        JsonObject data = data(page(dump));

        JsonObject run = data.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.get("header").isJsonNull()).isTrue();
        assertThat(run.get("vcpus").isJsonNull()).isTrue();
        assertThat(data.getAsJsonArray("troubles").get(0).getAsString()).contains("its beginning was cut off");
        for (var each : data.getAsJsonArray("methods")) {
            JsonObject m = each.getAsJsonObject();
            assertThat(m.get("stolenNs").isJsonNull()).as("%s", m).isTrue();
            assertThat(m.getAsJsonObject("times").has("corrected")).isFalse();
        }
    }

    @Test
    void shouldAddUpMethodsOfSeveralRunsAndKeepTheirStealApart() throws IOException {
        Path one = GoldenDump.to(temp.resolve("a.hlog"));
        Path other = temp.resolve("b.hlog");
        Files.writeString(other, Files.readString(one).replace("\"pid\":4711", "\"pid\":4712"));

        JsonObject data = data(page(one, other));

        assertThat(method(data, "shop.Order.total(long[],java.lang.String)")
                        .get("calls")
                        .getAsLong())
                .isEqualTo(2 * 1003);
        JsonArray runs = data.getAsJsonArray("runs");
        assertThat(runs).hasSize(2);
        runs.forEach(run ->
                assertThat(run.getAsJsonObject().getAsJsonArray("stolen")).hasSize(2));
    }

    @Test
    void shouldAllowItsOwnScriptAndStylesAloneAndAskNobody() throws Exception {
        String page = page(GoldenDump.to(temp.resolve("a.hlog")));

        assertThat(page)
                .contains("default-src 'none'")
                .contains("script-src 'sha256-" + digest(between(page, "<script>", "</script>")) + "'")
                .contains("style-src 'sha256-" + digest(between(page, "<style>", "</style>")) + "'")
                .contains("Copyright (c) 2022 Leon Sorokin")
                .doesNotContainPattern("(src|href|action)=\"(?!#)")
                .doesNotContain("@import", "{{");
    }

    private static String between(String text, String start, String end) {
        int at = text.indexOf(start) + start.length();
        return text.substring(at, text.indexOf(end, at));
    }

    private static String digest(String text) throws NoSuchAlgorithmException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldLetNoNameEndTheData() throws IOException {
        Path dump = GoldenDump.to(temp.resolve("a.hlog"));
        String hostile = "</script><!--<script>{{data}}{{styles}}\u2028";
        Files.writeString(dump, Files.readString(dump).replace("\"host\":\"box-1\"", "\"host\":\"" + hostile + "\""));

        String page = page(dump);

        assertThat(page.split("</script>", -1)).hasSize(3);
        assertThat(page).contains("<h1>vperf report: pid 4711 on &lt;/script&gt;&lt;!--&lt;script&gt;");
        assertThat(Objects.requireNonNull(data(page).getAsJsonArray("runs"))
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("header")
                        .get("host")
                        .getAsString())
                .isEqualTo(hostile);
    }

    @Test
    void shouldSayWhyThePageCannotBeWritten() throws IOException {
        Path dump = GoldenDump.to(temp.resolve("a.hlog"));
        Path nowhere = temp.resolve("no/page.html");

        CliRun result = CliRun.of("report", "--html", nowhere.toString(), dump.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("vperf: cannot write " + nowhere + ": there is no folder " + temp.resolve("no")
                        + ": create it, or name another; give --html a file that can be written\n");
    }

    /** The shell expands a pattern, and the page is forgotten. */
    @Test
    void shouldRefuseToWriteOverWhatIsNoPage() throws IOException {
        Path one = GoldenDump.to(temp.resolve("a.hlog"));
        Path other = GoldenDump.to(temp.resolve("b.hlog"));
        Path renamed = GoldenDump.to(temp.resolve("dump.txt"));
        Path link = Files.createSymbolicLink(temp.resolve("link.html"), other);
        Path notes = Files.writeString(temp.resolve("notes.html"), "<p>mine");
        for (Path page : new Path[] {one, renamed, link, notes, temp.resolve("NEW.HLOG.GZ")}) {
            byte[] before = Files.exists(page) ? Files.readAllBytes(page) : new byte[0];

            CliRun result = CliRun.of("report", "--html", page.toString(), other.toString());

            assertThat(result.status()).as("%s", page).isEqualTo(2);
            assertThat(result.err()).startsWith("vperf: --html '" + page + "' ").contains("--html page.html FILE");
            assertThat(Files.exists(page) ? Files.readAllBytes(page) : new byte[0])
                    .isEqualTo(before);
        }
        assertThat(CliRun.of("report", "--html=" + renamed, renamed.toString()).err())
                .contains("is one of the files to be read, too");
    }

    @Test
    void shouldWriteOverAPageAndAnEmptyFileAndLeaveNothingElse() throws IOException {
        Path dump = GoldenDump.to(temp.resolve("a.hlog"));
        for (String before : new String[] {"<!doctype HTML><p>old", ""}) {
            Files.writeString(file, before);
            assertThat(page(dump)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        }
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).containsExactlyInAnyOrder(dump, file);
        }
    }

    @Test
    void shouldLeaveTheOldPageWhereWritingFails() throws IOException {
        Files.writeString(file, "<!DOCTYPE html>old");
        PageFile page = new PageFile(file);
        assertThatThrownBy(() -> page.write(out -> {
                    out.write("half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("<!DOCTYPE html>old");
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldWriteToADevice() throws IOException {
        Path device = Path.of("/dev/full");
        assumeTrue(Files.exists(device), "there is no /dev/full");
        Path dump = GoldenDump.to(temp.resolve("a.hlog"));
        CliRun result = CliRun.of("report", "--html", device.toString(), dump.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("cannot write /dev/full: No space left on device");
        assertThat(CliRun.of("report", "--html", "/dev/null", dump.toString())).isEqualTo(new CliRun(0, "", ""));
    }

    @Test
    void shouldRefuseEmptyNames() throws IOException {
        Path dump = GoldenDump.to(temp.resolve("a.hlog"));
        CliRun noPage = CliRun.of("report", "--html=", dump.toString());
        assertThat(noPage.status()).isEqualTo(2);
        assertThat(noPage.err()).contains("'--html'", "it is empty: name the page");
        for (String[] arguments : new String[][] {
            {"report", ""}, {"report", dump.toString(), " "}, {"report", "--compare", dump.toString(), ""}
        }) {
            CliRun result = CliRun.of(arguments);
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith("vperf: FILE is empty").contains("a variable that is not set");
        }
    }

    @Test
    void shouldWriteAPageOfARunWithoutIntervals() throws IOException {
        Path dump = GoldenDump.to(temp.resolve("a.hlog"));
        String all = Files.readString(dump);
        Files.writeString(dump, all.substring(0, all.indexOf("Tag=")));

        JsonObject data = data(page(dump));

        assertThat(data.getAsJsonArray("methods")).isEmpty();
        assertThat(data.get("endMs").isJsonNull()).isTrue();
        assertThat(data.getAsJsonArray("runs")).hasSize(1);
    }
}
