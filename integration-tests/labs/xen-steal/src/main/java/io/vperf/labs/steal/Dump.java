package io.vperf.labs.steal;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * What vperf wrote, read as its documentation tells any program to: by a JSON library and HdrHistogram's reader. Of an interval
 * that vperf tainted only its health counts.
 */
final class Dump {

    private static final String JSON_PREFIX = "#vperf ";

    private final Path file;
    private final JsonObject run;
    private final List<JsonObject> intervals = new ArrayList<>();
    private final List<JsonObject> methods = new ArrayList<>();
    private final Set<Integer> tainted = new TreeSet<>();

    /** The lines with histograms. */
    private final StringBuilder histograms = new StringBuilder();

    private Dump(Path file, JsonObject run) {
        this.file = file;
        this.run = run;
    }

    static Dump read(Path file) throws IOException {
        Gson gson = new Gson();
        Dump dump = new Dump(file, new JsonObject());
        List<JsonObject> ofInterval = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith(JSON_PREFIX)) {
                lines.append(line).append('\n');
                continue;
            }
            JsonObject json = gson.fromJson(line.substring(JSON_PREFIX.length()), JsonObject.class);
            switch (json.get("kind").getAsString()) {
                case "run" ->
                    json.getAsJsonObject("run").entrySet().forEach(e -> dump.run.add(e.getKey(), e.getValue()));
                case "method" -> ofInterval.add(json);
                case "interval" -> {
                    dump.add(json, ofInterval, lines);
                    ofInterval.clear();
                    lines.setLength(0);
                }
                default -> {} // nothing of this is asked for
            }
        }
        return dump;
    }

    /** The line of an interval comes after all others of it. */
    private void add(JsonObject interval, List<JsonObject> ofInterval, StringBuilder lines) {
        if (interval.has("tainted")) {
            tainted.add(intervals.size());
            lines.toString()
                    .lines()
                    .filter(line -> line.startsWith("#"))
                    .forEach(line -> histograms.append(line).append('\n'));
        } else {
            methods.addAll(ofInterval);
            histograms.append(lines);
        }
        intervals.add(interval);
    }

    /** The numbers of the intervals that vperf tainted, the first being 0. */
    Set<Integer> tainted() {
        return tainted;
    }

    /** Of the whole run; metric is wall or corrected. */
    Histogram histogram(String metric, String method) {
        Histogram sum = new Histogram(2);
        byte[] log = histograms.toString().getBytes(StandardCharsets.UTF_8);
        try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log))) {
            for (EncodableHistogram h = reader.nextIntervalHistogram(); h != null; h = reader.nextIntervalHistogram()) {
                if ((metric + ":" + method).equals(h.getTag())) {
                    sum.add((Histogram) h);
                }
            }
        }
        return sum;
    }

    Spread spread(String metric, String method) {
        Histogram sum = histogram(metric, method);
        return Spread.ofNs(sum.getValueAtPercentile(50), sum.getValueAtPercentile(99));
    }

    /** Sum of a field over all intervals of a method; 0 where it is unknown. */
    long sum(String method, String field) {
        return methods.stream()
                .filter(line -> line.get("name").getAsString().equals(method) && line.has(field))
                .mapToLong(line -> line.get(field).getAsLong())
                .sum();
    }

    /** What the run's header says of this, as text. */
    String header(String field) throws IOException {
        JsonElement value = run.get(field);
        if (value == null) {
            throw new IOException(file + " has no header with " + field);
        }
        return value.isJsonPrimitive() ? value.getAsString() : value.toString().replace("\"", "");
    }

    /** Every count of trouble, at the run's end. */
    Map<String, Long> health() {
        Map<String, Long> health = new TreeMap<>();
        for (JsonObject interval : intervals) {
            interval.getAsJsonObject("health")
                    .entrySet()
                    .forEach(e -> health.put(e.getKey(), e.getValue().getAsLong()));
        }
        return health;
    }
}
