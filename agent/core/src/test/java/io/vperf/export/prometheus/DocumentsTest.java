package io.vperf.export.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.Paused;
import io.vperf.explain.Throttled;
import io.vperf.explain.WallSplit;
import io.vperf.export.Snapshots;
import io.vperf.record.CounterInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.JvmInterval;
import io.vperf.record.MethodInterval;
import io.vperf.steal.VcpuSteal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules, dashboard and docs are about series that there are. */
class DocumentsTest {

    /** Two folders up from this module, where Maven runs its tests. */
    private static final Path DOCS = Path.of("..", "..", "docs");

    private static final Pattern NAME = Pattern.compile("(?<![\\w:/.])vperf_[a-z_]+(?![\\w:])");
    private static final Pattern RULE = Pattern.compile("\\w+:vperf_\\w+:\\w+");

    /** Everything that can be known is. */
    private static IntervalSnapshot everything() {
        MethodInterval plain = Snapshots.corrected();
        MethodInterval method = new MethodInterval(
                plain.name(),
                plain.calls(),
                plain.measuredCalls(),
                plain.exceptions(),
                plain.wallNs(),
                plain.selfNs(),
                plain.measuredCallees(),
                plain.cpuNs(),
                plain.cpuUnknownCalls(),
                plain.uncorrectedCalls(),
                plain.samplingFactor(),
                plain.estimate(),
                plain.inFlight(),
                plain.oldestInFlightNs(),
                plain.wall(),
                plain.cpu(),
                List.of(new CounterInterval("page-faults", 1, 0, 1, 1, 0, Snapshots.histogram(1, 1))),
                plain.correction(),
                new Explanation(new WallSplit(Map.of(Part.STOLEN, 1L), null, null), List.of(), 0));
        return new IntervalSnapshot(
                        1,
                        2,
                        List.of(method),
                        List.of(new VcpuSteal(0, 1, 1, 1, 1L)),
                        1L,
                        null,
                        Map.of(),
                        100L,
                        50L,
                        List.of(),
                        null)
                .with(new JvmInterval(
                        new Throttled(List.of(new Throttled.Level("/a", 1, 1, 1)), 1),
                        null,
                        new Paused("JVM", 1, 1, 1, 1, 0, 0, List.of())));
    }

    private static String page() throws IOException {
        RunMetrics metrics = new RunMetrics(Snapshots.header(), 10);
        metrics.add(everything());
        return new String(new Pages(metrics::snapshots).page(Format.TEXT, false).body(), StandardCharsets.UTF_8);
    }

    /** Of all series. */
    private static Set<String> names() throws IOException {
        return page().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rules() throws IOException {
        return Files.readAllLines(DOCS.resolve("prometheus/rules.yml")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("- record: "))
                .map(line -> line.substring("- record: ".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules.yml", "rules-test.yml", "grafana-dashboard.json"})
    void shouldAskForSeriesThatThereAre(String file) throws IOException {
        String text = Files.readString(DOCS.resolve("prometheus").resolve(file));
        assertThat(found(NAME, text)).isNotEmpty().isSubsetOf(names());
        assertThat(found(RULE, text)).isNotEmpty().isSubsetOf(rules());
    }

    /** Histograms by their names, without what their series end in. */
    @Test
    void shouldTellOfEveryMetric() throws IOException {
        Set<String> metrics = page().lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        String text = Files.readString(DOCS.resolve("prometheus.md"));
        Set<String> series = names();
        series.addAll(metrics);
        assertThat(found(NAME, text)).containsAll(metrics).isSubsetOf(series);
    }

    @Test
    void shouldBeADashboard() throws IOException {
        JsonObject dashboard = JsonParser.parseString(
                        Files.readString(DOCS.resolve("prometheus/grafana-dashboard.json")))
                .getAsJsonObject();
        assertThat(dashboard.getAsJsonArray("panels"))
                .isNotEmpty()
                .allSatisfy(panel -> assertThat(panel.getAsJsonObject().getAsJsonArray("targets"))
                        .isNotEmpty());
    }
}
