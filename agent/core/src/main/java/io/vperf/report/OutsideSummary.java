package io.vperf.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.vperf.timeref.OutsideTime;
import io.vperf.timeref.Packets;
import io.vperf.timeref.Stop;
import io.vperf.timeref.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an outside clock said of a run's intervals, added up. */
final class OutsideSummary {

    private static final int MOST_LISTED = 3;
    private static final int MOST_REASONS = 8;
    private static final String OTHERS = "other reasons";

    /** A pause that the guest's own clocks do not show, and when its stretch ended, milliseconds since the epoch. */
    record Pause(Stretch stretch, long endMs) {}

    String reference = "";
    int intervals;
    int known;

    /** Of stretches in which the guest's clock did not stand still: those known better weigh more, by the square. */
    private double weights;

    private double weightedPpm;
    private double weightedBoundPpm;

    /** What would have passed unseen in one of them, at most. */
    long mostUnseenNs;

    /** The largest, and how many there were besides. */
    final List<Pause> pauses = new ArrayList<>();

    int pausesLeftOut;
    final List<Stop> stops = new ArrayList<>();
    long stopsLeftOut;
    final Map<String, Integer> unknown = new LinkedHashMap<>();
    final Map<String, Integer> notWatched = new LinkedHashMap<>();
    long sent;
    long answered;
    long late;
    long refused;

    void add(OutsideTime said, long endMs) {
        reference = said.reference();
        intervals++;
        Stretch stretch = said.stretch();
        if (stretch != null) {
            known++;
            add(stretch, endMs);
        }
        count(unknown, said.unknown());
        count(notWatched, said.stops().unknown());
        stopsLeftOut += said.stops().leftOut();
        for (Stop stop : said.stops().largest()) {
            stops.add(stop);
            stops.sort((a, b) -> Long.compare(b.leastNs(), a.leastNs()));
            stopsLeftOut += cut(stops);
        }
        Packets packets = said.packets();
        sent += packets.sent();
        answered += packets.answered();
        late += packets.late();
        refused += packets.refused();
    }

    private void add(Stretch stretch, long endMs) {
        Double ppm = stretch.ratePpm();
        if (stretch.stoodStillNs() > 0 || ppm == null) {
            pauses.add(new Pause(stretch, endMs));
            pauses.sort((a, b) -> Long.compare(b.stretch.stoodStillNs(), a.stretch.stoodStillNs()));
            pausesLeftOut += cut(pauses);
            return;
        }
        Double boundPpm = stretch.ratePpmBound();
        if (boundPpm != null && boundPpm > 0) {
            double weight = 1 / (boundPpm * boundPpm);
            weights += weight;
            weightedPpm += weight * ppm;
            weightedBoundPpm += weight * boundPpm;
        }
        mostUnseenNs = Math.max(mostUnseenNs, stretch.stoodStillBoundNs());
    }

    boolean isRateKnown() {
        return weights > 0;
    }

    /** By how much the outside clock went faster. */
    double ratePpm() {
        return weightedPpm / weights;
    }

    double ratePpmBound() {
        return weightedBoundPpm / weights;
    }

    JsonObject json(Gson gson) {
        JsonObject json = new JsonObject();
        json.addProperty("reference", reference);
        json.addProperty("intervals", intervals);
        json.addProperty("known", known);
        if (isRateKnown()) {
            json.addProperty("ratePpm", ratePpm());
            json.addProperty("ratePpmBound", ratePpmBound());
        }
        if (known > 0) {
            json.addProperty("mostUnseenNs", mostUnseenNs);
        }
        json.add("pauses", gson.toJsonTree(pauses));
        json.addProperty("pausesLeftOut", pausesLeftOut);
        json.add("stops", gson.toJsonTree(stops));
        json.addProperty("stopsLeftOut", stopsLeftOut);
        json.add("unknown", gson.toJsonTree(unknown));
        json.add("stopsNotWatched", gson.toJsonTree(notWatched));
        return json;
    }

    private static int cut(List<?> list) {
        if (list.size() <= MOST_LISTED) {
            return 0;
        }
        list.remove(MOST_LISTED);
        return 1;
    }

    private static void count(Map<String, Integer> reasons, @Nullable String reason) {
        if (reason != null) {
            String key = reasons.containsKey(reason) || reasons.size() < MOST_REASONS ? reason : OTHERS;
            reasons.merge(key, 1, Integer::sum);
        }
    }
}
