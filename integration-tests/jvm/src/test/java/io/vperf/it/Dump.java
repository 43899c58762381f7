package io.vperf.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * A dump file, read by HdrHistogram's own reader and a JSON library: independent of vperf's code.
 *
 * @param lines all {@code #vperf} lines in their order
 * @param histograms per tag, added up over all intervals
 */
public record Dump(Path file, List<JsonObject> lines, Map<String, Histogram> histograms) {

    /** As reports write it. */
    static String moment(long epochMs) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.ofEpochMilli(epochMs));
    }

    public static Dump read(Path file) {
        List<JsonObject> lines = new ArrayList<>();
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("#vperf ")) {
                    lines.add(JsonParser.parseString(line.substring("#vperf ".length()))
                            .getAsJsonObject());
                }
            }
            try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
                for (EncodableHistogram h = reader.nextIntervalHistogram();
                        h != null;
                        h = reader.nextIntervalHistogram()) {
                    histograms
                            .computeIfAbsent(h.getTag(), tag -> autoResizing())
                            .add((Histogram) h);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
        return new Dump(file, lines, histograms);
    }

    /** Lines of a kind in a file that may not be there yet, and whose last line may be half written. */
    public static long count(Path file, String kind) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("#vperf ") && line.contains("\"kind\":\"" + kind + "\""))
                    .count();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    private static Histogram autoResizing() {
        Histogram histogram = new Histogram(2);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** Lines of a kind: run, method, interval. */
    public List<JsonObject> lines(String kind) {
        return lines.stream()
                .filter(line -> line.get("kind").getAsString().equals(kind))
                .toList();
    }

    /** The run header. */
    public JsonObject run() {
        return lines("run").get(0).getAsJsonObject("run");
    }

    /** Sum of a field over the lines of one method; 0 if it has none. */
    public long sum(String method, String field) {
        return lines("method").stream()
                .filter(line -> line.get("name").getAsString().equals(method) && line.has(field))
                .mapToLong(line -> line.get(field).getAsLong())
                .sum();
    }

    public long calls(String method) {
        return sum(method, "calls");
    }

    /** How many calls the histograms of a tag hold; 0 if there are none. */
    public long histogramCount(String tag) {
        Histogram histogram = histograms.get(tag);
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    /** The lowest value in the histograms of a tag; 0 if there are none. */
    long lowest(String tag) {
        Histogram histogram = histograms.get(tag);
        return histogram == null ? 0 : histogram.getMinValue();
    }

    /** Names of all methods with a line. */
    public List<String> methods() {
        return lines("method").stream()
                .map(line -> line.get("name").getAsString())
                .distinct()
                .toList();
    }

    /** Health counts at the end, by key; a kind that did not happen is missing. */
    public JsonObject health() {
        List<JsonObject> intervals = lines("interval");
        return intervals.get(intervals.size() - 1).getAsJsonObject("health");
    }

    public long health(String key) {
        return health().has(key) ? health().get(key).getAsLong() : 0;
    }
}
