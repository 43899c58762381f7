package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page, as a browser shows it. */
class HtmlReportIT {

    private static final Pattern ROW =
            Pattern.compile("<tr><th scope=\"row\" class=\"name\"><button[^>]*>(.*?)</button>(.*?)</tr>");
    private static final Pattern CELL = Pattern.compile("<td [^>]*data-key=\"([^\"]*)\">([^<]*)</td>");
    private static final Pattern HEAD =
            Pattern.compile("  ([\\d,]+) calls?, (.*) exceptions?, self (.*), total (.*), stolen (.*)");
    private static final Pattern TIMES = Pattern.compile(
            "  (wall|corrected|cpu) {2,}(unknown|[\\d.]+ .?s\\??) +(-|[\\d.]+ .?s\\??) +(-|[\\d.]+ .?s\\??) +(-|[\\d.]+ .?s\\??)");
    private static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9", "max");

    /** By method and column. */
    private static Map<String, Map<String, String>> table(String dom) {
        Map<String, Map<String, String>> methods = new TreeMap<>();
        for (MatchResult row : ROW.matcher(dom).results().toList()) {
            Map<String, String> cells = new TreeMap<>();
            CELL.matcher(row.group(2)).results().forEach(cell -> cells.put(cell.group(1), cell.group(2)));
            methods.put(unescaped(row.group(1)), cells);
        }
        return methods;
    }

    private static String unescaped(String html) {
        return html.replace("<wbr>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** The same of the text report, as far as both have it. */
    private static Map<String, Map<String, String>> told(String report) {
        Map<String, Map<String, String>> methods = new TreeMap<>();
        List<String> lines = report.lines().toList();
        Map<String, String> cells = Map.of();
        for (int i = 1; i < lines.size(); i++) {
            Matcher head = HEAD.matcher(lines.get(i));
            Matcher times = TIMES.matcher(lines.get(i));
            if (head.matches()) {
                cells = new TreeMap<>();
                methods.put(lines.get(i - 1), cells);
                cells.put("calls", head.group(1));
                cells.put("exceptions", head.group(2));
                cells.put("self", head.group(3));
                cells.put("total", head.group(4));
                cells.put("stolen", head.group(5).replaceFirst(" \\(.*", "").replace("unknown", "–"));
            } else if (times.matches() && !cells.isEmpty()) {
                for (int p = 0; p < PERCENTILES.size(); p++) {
                    String figure = times.group(p + 2);
                    cells.put(
                            times.group(1) + "-" + PERCENTILES.get(p),
                            figure.equals("-") || figure.equals("unknown") ? "–" : figure);
                }
            }
        }
        return methods;
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldShowTheFiguresOfTheTextReport(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent("interval=500ms");
        Path dump = jvm.run("io.vperf.it.apps.Spending", "mix", "sleep", "burn", "collect")
                .dumpFiles()
                .get(0);
        String text = jvm.cli("report", dump.toString()).out();
        Path page = folder.resolve("page.html");
        Jvm.Finished written = jvm.cli("report", "--html", page.toString(), dump.toString());
        assertThat(written.status()).as(written.err()).isZero();
        assertThat(written.out() + written.err()).isEmpty();

        String dom = Chromium.loaded(page, folder);

        Map<String, Map<String, String>> told = told(text);
        assertThat(told).containsKeys("mix", "sleep", "burn", "collect", "warm");
        Map<String, Map<String, String>> shown = table(dom);
        told.forEach((method, cells) ->
                assertThat(shown.get(method)).as(method).isNotNull().containsAllEntriesOf(cells));
        assertThat(shown).hasSameSizeAs(told);
        assertThat(dom)
                .contains("<th scope=\"col\" rowspan=\"2\" class=\"number\" aria-sort=\"descending\">")
                .containsPattern("<canvas[^>]* role=\"img\" aria-label=\"Percentiles of .*wall p50 ")
                .containsPattern("<canvas[^>]* role=\"img\" aria-label=\"p50 and p99 of .*raw p99: median ")
                .contains("running ", "wait/park/sleep ");
    }

    /** As many methods and intervals as a day has, most of them called seldom. */
    @Test
    void shouldHoldADayOfAThousandMethods(@TempDir Path folder) throws Exception {
        Path dump = folder.resolve("day.hlog");
        LargeDump.write(dump, 1_000, 8_640, 200);
        Path page = folder.resolve("page.html");
        Jvm jvm = new Jvm(Jdk.all().get(0), folder);
        Jvm.Finished written = jvm.cli("report", "--html", page.toString(), dump.toString());
        assertThat(written.status()).as(written.err()).isZero();
        assertThat(Files.size(page)).isLessThan(5_000_000);

        String dom = Chromium.loaded(page, folder);

        assertThat(dom)
                .contains("Shown: 100 of 1,000.")
                .contains(
                        "those that start within the same 160 s share one, 16 at most. It is the highest value of these")
                .containsPattern("aria-label=\"p50 and p99 of shop.Service0007.handle\\(java.lang.String\\)"
                        + "[^\"]*raw p99: median 9.63 ms, highest " + LargeDump.SLOW)
                .containsPattern("aria-label=\"Steal per vCPU[^\"]*vCPU 0: median [01].00 %, highest 1.00 %");
        assertThat(told(jvm.cli("report", dump.toString()).out()).get(LargeDump.name(LargeDump.SLOW_METHOD)))
                .isNotNull()
                .satisfies(cells -> assertThat(table(dom).get(LargeDump.name(LargeDump.SLOW_METHOD)))
                        .containsAllEntriesOf(cells));
    }

    @Test
    void shouldShowHostileNamesAsText(@TempDir Path folder) throws IOException, InterruptedException {
        Path dump = folder.resolve("hostile.hlog");
        LargeDump.write(dump, 10, 20, 1);
        Path page = folder.resolve("page.html");
        new Jvm(Jdk.all().get(0), folder).cli("report", "--html", page.toString(), dump.toString());

        String dom = Chromium.loaded(page, folder);

        assertThat(table(dom)).hasSize(10).containsKey(LargeDump.HOSTILE);
        assertThat(dom).contains("<title>vperf report: pid 1 on large</title>").doesNotContain("<img");
    }
}
