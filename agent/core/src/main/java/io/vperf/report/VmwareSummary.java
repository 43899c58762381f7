package io.vperf.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.vperf.vmware.VmwareInterval;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What VMware told in a run. Fed by one thread at a time. */
final class VmwareSummary {

    /** Reasons come from a few sentences; a dump's are many only if somebody made them up. */
    private static final int MOST_REASONS = 100;

    private final Map<String, Long> grown = new LinkedHashMap<>();
    private final Map<String, Long> pseudo = new LinkedHashMap<>();
    private final Map<String, Long> last = new LinkedHashMap<>();
    private final Map<String, Long> most = new LinkedHashMap<>();
    private final Map<String, Integer> without = new LinkedHashMap<>();
    private int intervals;

    void add(@Nullable VmwareInterval interval, @Nullable Map<String, Long> pseudoGrown) {
        if (pseudoGrown != null) {
            pseudoGrown.forEach((key, n) -> pseudo.merge(key, n, Long::sum));
        }
        if (interval == null) {
            return;
        }
        intervals++;
        String why = interval.unknown() == null ? interval.tainted() : interval.unknown();
        if (why != null && (without.size() < MOST_REASONS || without.containsKey(why))) {
            without.merge(why, 1, Integer::sum);
        }
        interval.grown().forEach((key, n) -> grown.merge(key, n, Long::sum));
        interval.values().forEach((key, n) -> {
            last.put(key, n);
            most.merge(key, n, Long::max);
        });
    }

    /** In how many intervals VMware was asked. */
    int intervals() {
        return intervals;
    }

    /** What a total grew by in the intervals in which that is known; null if it is in none. */
    @Nullable
    Long grown(String key) {
        return grown.get(key);
    }

    /** The same of a pseudo counter. */
    @Nullable
    Long pseudo(String key) {
        return pseudo.get(key);
    }

    @Nullable
    Long last(String key) {
        return last.get(key);
    }

    @Nullable
    Long most(String key) {
        return most.get(key);
    }

    /** Null where nobody asked. */
    @Nullable
    JsonObject json(Gson gson) {
        if (intervals == 0 && pseudo.isEmpty()) {
            return null;
        }
        JsonObject json = new JsonObject();
        json.addProperty("intervals", intervals);
        json.add("grown", gson.toJsonTree(grown));
        json.add("pseudoGrown", gson.toJsonTree(pseudo));
        json.add("last", gson.toJsonTree(last));
        json.add("most", gson.toJsonTree(most));
        json.add("withoutTotals", gson.toJsonTree(without));
        return json;
    }

    /** How many intervals lack totals, by their reasons. */
    Map<String, Integer> without() {
        return without;
    }
}
