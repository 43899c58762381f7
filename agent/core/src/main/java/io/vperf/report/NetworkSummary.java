package io.vperf.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.vperf.network.LinkInterval;
import io.vperf.network.NetworkInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What passed through the network in a run. Fed by one thread at a time. */
final class NetworkSummary {

    /** One per interface or port that something passed through; a dump's names are many only if somebody made them up. */
    private static final int MOST_LINKS = 10_000;

    private final Map<String, Link> links = new LinkedHashMap<>();
    private int intervals;
    private int unknownIntervals;
    private @Nullable String unknown;

    /** An interface or a port, over the intervals in which it moved. */
    static final class Link {
        final String name;
        final boolean port;

        @Nullable
        String driver;

        final Map<String, Long> totals = new LinkedHashMap<>();

        /** Why totals lack an interval, and how many intervals for that reason. */
        final Map<String, Integer> unknown = new LinkedHashMap<>();

        Link(String name, boolean port) {
            this.name = name;
            this.port = port;
        }

        private void add(LinkInterval interval) {
            driver = interval.driver();
            Map<String, Long> counters = interval.counters();
            if (counters == null) {
                String why = interval.unknown();
                unknown.merge(why == null ? "nobody says why" : why, 1, Integer::sum);
            } else {
                counters.forEach((key, grown) -> totals.merge(key, grown, Long::sum));
            }
        }

        /** Null where no interval knows it. */
        @Nullable
        Long total(String key) {
            return totals.get(key);
        }
    }

    void add(@Nullable NetworkInterval interval) {
        if (interval == null) {
            return;
        }
        intervals++;
        if (interval.unknown() != null) {
            unknownIntervals++;
            unknown = interval.unknown();
        }
        interval.interfaces().forEach(link -> add(link, false));
        interval.ports().forEach(port -> add(port, true));
    }

    private void add(LinkInterval interval, boolean port) {
        if (links.size() < MOST_LINKS || links.containsKey(interval.name())) {
            links.computeIfAbsent(interval.name(), name -> new Link(name, port)).add(interval);
        }
    }

    /** In how many intervals anybody asked. */
    int intervals() {
        return intervals;
    }

    /** In how many of them nothing was known of interfaces. */
    int unknownIntervals() {
        return unknownIntervals;
    }

    /** Why, in the last of them; null if there was none. */
    @Nullable
    String unknown() {
        return unknown;
    }

    /** Those that moved, the most bytes first. */
    List<Link> links() {
        List<Link> sorted = new ArrayList<>(links.values());
        sorted.sort((a, b) -> Double.compare(bytes(b), bytes(a)));
        return sorted;
    }

    /** Null where nobody asked. */
    @Nullable
    JsonObject json(Gson gson) {
        if (intervals == 0) {
            return null;
        }
        JsonObject json = new JsonObject();
        json.addProperty("intervals", intervals);
        json.addProperty("unknownIntervals", unknownIntervals);
        if (unknown != null) {
            json.addProperty("unknown", unknown);
        }
        json.add("links", gson.toJsonTree(links()));
        return json;
    }

    private static double bytes(Link link) {
        double sum = 0;
        for (NetworkText.Side side : NetworkText.sides(link)) {
            Long bytes = link.total(side.bytes());
            sum += bytes == null ? 0 : bytes;
        }
        return sum;
    }
}
