package io.vperf.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** A dump of vperf, read by a JSON library and HdrHistogram's reader: independent of vperf's code. */
final class VperfDump {

    private final Path file;
    private final List<JsonObject> lines = new ArrayList<>();

    private VperfDump(Path file) {
        this.file = file;
    }

    static Path file(Path folder) {
        return folder.resolve("vperf.hlog");
    }

    static VperfDump read(Path file) throws UnprovenException {
        VperfDump dump = new VperfDump(file);
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("#vperf ")) {
                    dump.lines.add(JsonParser.parseString(line.substring("#vperf ".length()))
                            .getAsJsonObject());
                }
            }
        } catch (IOException e) {
            throw new UnprovenException("no dump of vperf: the agent did not start or end", e);
        }
        return dump;
    }

    private List<JsonObject> lines(String kind) {
        return lines.stream()
                .filter(line -> line.get("kind").getAsString().equals(kind))
                .toList();
    }

    /** Sum of a field over all intervals of the methods of that name; 0 if they have none. */
    long sum(Predicate<String> method, String field) {
        return lines("method").stream()
                .filter(line -> method.test(line.get("name").getAsString()) && line.has(field))
                .mapToLong(line -> line.get(field).getAsLong())
                .sum();
    }

    /** How many methods of that name have been called. */
    long methods(Predicate<String> method) {
        return lines("method").stream()
                .filter(line -> line.get("calls").getAsLong() > 0)
                .map(line -> line.get("name").getAsString())
                .filter(method)
                .distinct()
                .count();
    }

    int intervals() {
        return lines("interval").size();
    }

    /** A count of trouble at the end of the run. */
    long health(String key) throws UnprovenException {
        List<JsonObject> intervals = lines("interval");
        if (intervals.isEmpty()) {
            throw new UnprovenException("no interval in " + file);
        }
        JsonObject health = intervals.get(intervals.size() - 1).getAsJsonObject("health");
        return health.has(key) ? health.get(key).getAsLong() : 0;
    }

    /** Which clock gave the readings of wall, cpu or vcpu. */
    String clock(String reading) throws UnprovenException {
        List<JsonObject> runs = lines("run");
        if (runs.isEmpty()) {
            throw new UnprovenException("no run header in " + file);
        }
        return runs.get(0)
                .getAsJsonObject("run")
                .getAsJsonObject("clocks")
                .get(reading)
                .getAsString();
    }

    /** How many values the histograms of a metric hold, over all methods and intervals. */
    long histogramCount(String metric) throws UnprovenException {
        long count = 0;
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram h = reader.nextIntervalHistogram(); h != null; h = reader.nextIntervalHistogram()) {
                String tag = h.getTag();
                if (tag != null && tag.startsWith(metric + ":")) {
                    count += ((Histogram) h).getTotalCount();
                }
            }
        } catch (IOException e) {
            throw new UnprovenException("no histograms", e);
        }
        return count;
    }
}
