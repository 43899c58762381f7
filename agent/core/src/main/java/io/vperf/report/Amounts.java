package io.vperf.report;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** What a histogram says, for programs. The keys stand in JSON and, with the unit, in the columns of CSV. */
public final class Amounts {

    private static final Map<String, Double> PERCENTILES = new LinkedHashMap<>();

    static {
        PERCENTILES.put("p50", 50.0);
        PERCENTILES.put("p90", 90.0);
        PERCENTILES.put("p99", 99.0);
        PERCENTILES.put("p999", 99.9);
        PERCENTILES.put("max", 100.0);
    }

    private Amounts() {}

    /** Percentiles by their keys; "max" is the one of 100. */
    public static Map<String, Double> percentiles() {
        return PERCENTILES;
    }

    /** Mean and percentiles; null where nothing was recorded: that is unknown. */
    static @Nullable Map<String, Long> of(AbstractHistogram h) {
        if (h.getTotalCount() == 0) {
            return null;
        }
        Map<String, Long> amounts = new LinkedHashMap<>();
        amounts.put("mean", Math.round(h.getMean()));
        PERCENTILES.forEach((key, percentile) -> amounts.put(key, h.getValueAtPercentile(percentile)));
        return amounts;
    }

    /** The same with how many calls there are, or are stood for; null where there are none. */
    static @Nullable JsonObject json(AbstractHistogram h) {
        Map<String, Long> amounts = of(h);
        if (amounts == null) {
            return null;
        }
        JsonObject json = new JsonObject();
        json.addProperty("count", h.getTotalCount());
        amounts.forEach(json::addProperty);
        return json;
    }
}
