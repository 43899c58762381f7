package io.vperf.compare;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vperf.report.JsonReport;
import io.vperf.report.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A comparison for programs, see docs/report.md. What is unknown is absent. */
public final class ComparisonJson {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private ComparisonJson() {}

    /** One object, ending with a new line. */
    public static String of(Comparison c, List<Warning> warnings) {
        JsonObject json = JsonReport.begin("comparison");
        JsonObject noise = new JsonObject();
        noise.addProperty("confidencePercent", Noise.CONFIDENCE);
        noise.addProperty("leastChangePercent", Noise.LEAST_PERCENT);
        noise.addProperty("draws", Resampling.DRAWS);
        json.add("noise", noise);
        json.add("a", JsonReport.runs(c.runsOfA));
        json.add("b", JsonReport.runs(c.runsOfB));
        JsonArray methods = new JsonArray();
        c.methods().forEach(m -> methods.add(method(m)));
        json.add("methods", methods);
        json.add("onlyInA", GSON.toJsonTree(c.onlyInA()));
        json.add("onlyInB", GSON.toJsonTree(c.onlyInB()));
        JsonArray limits = new JsonArray();
        for (Limit.Result r : c.results()) {
            JsonObject limit = new JsonObject();
            limit.addProperty("limit", r.limit().text());
            limit.addProperty("method", r.method());
            limit.addProperty("state", r.state().key());
            limit.addProperty("why", r.why());
            limits.add(limit);
        }
        json.add("limits", limits);
        json.add("warnings", GSON.toJsonTree(warnings));
        return GSON.toJson(json) + "\n";
    }

    private static JsonObject method(Compared m) {
        JsonObject json = new JsonObject();
        json.addProperty("name", m.name);
        json.addProperty("verdict", m.verdict.state().key());
        json.addProperty("decidedBy", m.verdict.figure().key());
        json.add("by", GSON.toJsonTree(m.verdict.by()));
        json.addProperty("text", m.verdict.text());
        json.addProperty("callsA", m.a.all.calls);
        json.addProperty("callsB", m.b.all.calls);
        json.addProperty("unitsA", m.a.units());
        json.addProperty("unitsB", m.b.units());
        JsonObject figures = new JsonObject();
        for (Figure figure : Figure.all()) {
            figures.add(figure.key(), change(m.change(figure)));
        }
        json.add("figures", figures);
        JsonObject parts = new JsonObject();
        m.parts.forEach(part -> parts.add(part.group().key(), change(part.change())));
        json.add("partsPerCall", parts);
        return json;
    }

    private static JsonObject change(Change c) {
        JsonObject json = new JsonObject();
        add(json, "aNs", c.a());
        add(json, "bNs", c.b());
        add(json, "changeNs", c.ns());
        add(json, "leastChangeNs", c.least());
        add(json, "mostChangeNs", c.most());
        add(json, "changePercent", c.percent());
        json.addProperty("state", c.state().key());
        return json;
    }

    /** JSON has no infinite numbers: what grew from nothing has no percentage. */
    private static void add(JsonObject json, String key, @Nullable Double value) {
        if (value != null && Double.isFinite(value)) {
            json.addProperty(key, Math.round(value * 1000) / 1000.0);
        }
    }
}
