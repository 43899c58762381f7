package io.vperf.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.WallSplit;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** One method as JSON, see docs/report.md. */
final class MethodJson {

    private final Runs.Surroundings around;
    private final Gson gson;

    MethodJson(Runs.Surroundings around, Gson gson) {
        this.around = around;
        this.gson = gson;
    }

    JsonObject of(MethodSummary m) {
        JsonObject json = new JsonObject();
        json.addProperty("name", m.name);
        json.addProperty("calls", m.calls);
        json.addProperty("measured", m.wall().getTotalCount());
        json.addProperty("unmeasuredCalls", m.unmeasuredCalls);
        add(json, "exceptions", m.exceptions);
        json.addProperty("estimated", m.sampled.isDrawn());
        json.addProperty("toCompletion", m.toCompletion);
        json.addProperty("inFlight", m.inFlight);
        add(json, "oldestInFlightNs", m.inFlight == 0 ? null : Long.valueOf(m.oldestInFlightNs));
        json.addProperty("measuredCallees", m.measuredCallees);
        if (m.calls == 0) {
            return json;
        }
        add(json, "total", sum(m.sampled.total));
        add(json, "self", m.toCompletion ? null : sum(m.sampled.self));
        add(json, "stolen", stolen(m));
        JsonObject times = new JsonObject();
        CorrectedTimes corrected = m.corrected;
        add(times, "wall", m.wall());
        add(times, "corrected", corrected.wall());
        if (corrected.isKnown()) {
            add(times, "correctedLeast", corrected.least());
            add(times, "correctedMost", corrected.most());
        }
        add(times, "quiet", m.timeSpent.quiet());
        add(times, "cpu", m.cpu());
        add(times, "cpuCorrected", corrected.cpu());
        add(times, "stolen", corrected.stolen());
        json.add("timesNs", times);
        json.addProperty("cpuUnknownCalls", m.cpuUnknownCalls);
        json.addProperty("uncorrectedCalls", m.uncorrectedCalls);
        WallSplit split = m.timeSpent.split();
        add(json, "timeSpent", split == null ? null : split(split));
        json.add("counters", m.counters.json());
        JsonArray slow = new JsonArray();
        m.timeSpent.slowest().forEach(call -> slow.add(slow(call)));
        json.add("slowest", slow);
        json.addProperty("slowLeftOut", m.timeSpent.slowLeftOut());
        return json;
    }

    /** Of a sum of which only a limit is known, that. */
    private static @Nullable JsonObject sum(EstimatedSum sum) {
        Long rawNs = sum.rawNs();
        if (rawNs == null) {
            return null;
        }
        JsonObject json = new JsonObject();
        json.addProperty("rawNs", rawNs);
        json.addProperty("rawBoundNs", sum.errorNs());
        if (sum.isLimit()) {
            json.addProperty("mostNs", rawNs + sum.errorNs() + 2 * sum.waitsNs());
        } else {
            json.addProperty("ns", sum.bestNs());
            json.addProperty("boundNs", sum.boundNs());
        }
        return json;
    }

    private @Nullable JsonObject stolen(MethodSummary m) {
        CorrectedTimes corrected = m.corrected;
        if (!corrected.isKnown()) {
            return null;
        }
        JsonObject json = new JsonObject();
        json.addProperty("ns", corrected.stolenNs());
        json.addProperty("boundNs", corrected.boundNs(around.mostStolenNs()));
        json.addProperty("ofWallNs", corrected.rawNs());
        return json;
    }

    private static JsonObject split(WallSplit split) {
        JsonObject json = new JsonObject();
        JsonObject parts = new JsonObject();
        for (Part part : Part.values()) {
            parts.addProperty(part.key(), split.ns(part));
        }
        json.add("partsNs", parts);
        add(json, "pausedNs", split.pausedNs());
        add(json, "blockedWhileStolenNs", split.blockedWhileStolenNs());
        return json;
    }

    private JsonObject slow(TimeSpent.Slow slow) {
        SlowCall call = slow.call();
        JsonObject json = new JsonObject();
        if (slow.run() != null) {
            json.addProperty("run", slow.run());
        }
        JsonObject all = gson.toJsonTree(call).getAsJsonObject();
        all.remove("split");
        all.entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
        json.add("timeSpent", split(call.split()));
        return json;
    }

    private static void add(JsonObject to, String key, AbstractHistogram h) {
        add(to, key, Amounts.json(h));
    }

    static void add(JsonObject to, String key, @Nullable JsonObject value) {
        if (value != null) {
            to.add(key, value);
        }
    }

    static void add(JsonObject to, String key, @Nullable Long value) {
        if (value != null) {
            to.addProperty(key, value);
        }
    }
}
