package io.vperf.labs.steal;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** What vperf wrote, read as its documentation tells any program to: by a JSON library and HdrHistogram's reader. */
final class Dump {

    private static final String JSON_PREFIX = "#vperf ";

    private final Path file;
    private final List<JsonObject> lines = new ArrayList<>();

    private Dump(Path file) {
        this.file = file;
    }

    static Dump read(Path file) throws IOException {
        Dump dump = new Dump(file);
        Gson gson = new Gson();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(JSON_PREFIX)) {
                dump.lines.add(gson.fromJson(line.substring(JSON_PREFIX.length()), JsonObject.class));
            }
        }
        return dump;
    }

    /** Of the whole run; metric is wall or corrected. */
    Spread spread(String metric, String method) throws IOException {
        Histogram sum = new Histogram(2);
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram h = reader.nextIntervalHistogram(); h != null; h = reader.nextIntervalHistogram()) {
                if ((metric + ":" + method).equals(h.getTag())) {
                    sum.add((Histogram) h);
                }
            }
        }
        return Spread.ofNs(sum.getValueAtPercentile(50), sum.getValueAtPercentile(99));
    }

    /** Sum of a field over all intervals of a method; 0 where it is unknown. */
    long sum(String method, String field) {
        return ofKind("method").stream()
                .filter(line -> line.get("name").getAsString().equals(method) && line.has(field))
                .mapToLong(line -> line.get(field).getAsLong())
                .sum();
    }

    /** What the run's header says of this, as text. */
    String header(String field) throws IOException {
        List<JsonObject> runs = ofKind("run");
        JsonElement value =
                runs.isEmpty() ? null : runs.get(0).getAsJsonObject("run").get(field);
        if (value == null) {
            throw new IOException(file + " has no header with " + field);
        }
        return value.isJsonPrimitive() ? value.getAsString() : value.toString().replace("\"", "");
    }

    /** Every count of trouble, at the run's end. */
    Map<String, Long> health() {
        Map<String, Long> health = new TreeMap<>();
        for (JsonObject interval : ofKind("interval")) {
            interval.getAsJsonObject("health")
                    .entrySet()
                    .forEach(e -> health.put(e.getKey(), e.getValue().getAsLong()));
        }
        return health;
    }

    private List<JsonObject> ofKind(String kind) {
        return lines.stream()
                .filter(line -> line.get("kind").getAsString().equals(kind))
                .toList();
    }
}
