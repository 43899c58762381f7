package io.vperf.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.vperf.explain.Paused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For how long the JVM was paused in a run, as far as that is known. */
final class PauseSummary {

    private static final int LONGEST = 3;

    private @Nullable String source;
    private long count;
    private long totalNs;
    private long gcCount;
    private long gcNs;
    private final List<Paused.One> longest = new ArrayList<>();

    /** Adds an interval; null: nothing is known of it. */
    void add(@Nullable Paused interval) {
        if (interval == null) {
            return;
        }
        source = interval.source();
        count += interval.count();
        totalNs += interval.totalNs();
        gcCount += interval.gcCount();
        gcNs += interval.gcNs();
        longest.addAll(interval.longest());
        longest.sort(Comparator.comparingLong(Paused.One::lengthNs).reversed());
        longest.subList(Math.min(LONGEST, longest.size()), longest.size()).clear();
    }

    /** Null where nothing is known. */
    @Nullable
    JsonObject json(Gson gson) {
        String known = source;
        if (known == null) {
            return null;
        }
        JsonObject json = new JsonObject();
        json.addProperty("source", known);
        json.addProperty("count", count);
        json.addProperty("totalNs", totalNs);
        json.addProperty("gcCount", gcCount);
        json.addProperty("gcNs", gcNs);
        json.add("longest", gson.toJsonTree(longest));
        return json;
    }

    /** Lines of the report; none where nothing is known. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (source == null || count == 0) {
            return lines;
        }
        lines.add("Pauses of the JVM, by " + source);
        lines.add("  for garbage collection " + Units.count(gcCount) + ", " + Units.duration(gcNs) + "; all safepoints "
                + Units.count(count) + ", " + Units.duration(totalNs));
        for (Paused.One one : longest) {
            lines.add("  " + Units.duration(one.lengthNs()) + " at " + Units.time(one.startMs()) + ": "
                    + one.operation());
        }
        lines.add("");
        return lines;
    }
}
