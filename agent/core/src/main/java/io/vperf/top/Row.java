package io.vperf.top;

import io.vperf.explain.Part;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * A method.
 *
 * @param values per second, in nanoseconds, or shares of wall time (0 to 1); what is unknown is absent
 * @param doubtful those that may be off by more than they say
 */
record Row(String name, Map<Column, Double> values, Set<Column> doubtful) {

    private static final Map<Column, String> TIMES = Map.of(
            Column.TOTAL, "wallNs",
            Column.P50, "p50Ns",
            Column.P99, "p99Ns",
            Column.MAX, "maxNs",
            Column.CORRECTED_P50, "correctedP50Ns",
            Column.CORRECTED_P99, "correctedP99Ns",
            Column.CORRECTED_MAX, "correctedMaxNs",
            Column.CPU, "cpuNs");

    private static final Map<Column, Set<Part>> SPENT = Map.of(
            Column.RUNNING, EnumSet.of(Part.RUNNING, Part.RUNNING_OR_STOLEN),
            Column.DELAY, EnumSet.of(Part.RUN_DELAY, Part.THROTTLED),
            Column.BLOCKED, EnumSet.of(Part.MONITOR, Part.WAITING, Part.UNMOUNTED, Part.BLOCKED));

    /** A bound of less of the wall time says enough. */
    private static final double SMALL = 0.01;

    @Nullable
    Double value(Column column) {
        return values.get(column);
    }

    String text(Column column) {
        return column.text(value(column)) + (doubtful.contains(column) ? "?" : " ");
    }

    /**
     * Of the bean's.
     *
     * @param seconds that its figures cover; null where unknown
     */
    static Row of(CompositeData method, @Nullable Double seconds) {
        Map<Column, Double> values = new EnumMap<>(Column.class);
        Set<Column> doubtful = EnumSet.noneOf(Column.class);
        Double calls = number(method, "calls");
        if (calls != null && seconds != null && seconds > 0) {
            values.put(Column.CALLS, calls / seconds);
        }
        TIMES.forEach((column, key) -> {
            Double ns = number(method, key);
            if (ns != null) {
                values.put(column, ns);
            }
        });
        Double unknown = number(method, "cpuUnknownCalls");
        if (unknown != null && unknown > 0) {
            doubtful.add(Column.CPU);
        }
        if (method.containsKey("uncertain") && method.get("uncertain") instanceof String[] uncertain) {
            TIMES.forEach((column, key) -> {
                if (List.of(uncertain).contains(key)) {
                    doubtful.add(column);
                }
            });
        }
        stolen(method, values, doubtful);
        spent(parts(method), values, doubtful);
        return new Row(String.valueOf(method.get("name")), values, doubtful);
    }

    private static void stolen(CompositeData method, Map<Column, Double> values, Set<Column> doubtful) {
        Double wallNs = number(method, "wallNs");
        Double stolenNs = number(method, "stolenNs");
        if (wallNs == null || stolenNs == null || wallNs <= 0) {
            return;
        }
        values.put(Column.STOLEN, stolenNs / wallNs);
        Double boundNs = number(method, "stolenBoundNs");
        if (boundNs != null && boundNs > stolenNs && boundNs > SMALL * wallNs) {
            doubtful.add(Column.STOLEN);
        }
    }

    private static void spent(Map<Part, Double> parts, Map<Column, Double> values, Set<Column> doubtful) {
        double wallNs = parts.values().stream().mapToDouble(ns -> ns).sum();
        if (wallNs <= 0) {
            return;
        }
        SPENT.forEach((column, of) -> values.put(
                column,
                of.stream().mapToDouble(part -> parts.getOrDefault(part, 0.0)).sum() / wallNs));
        if (parts.containsKey(Part.RUNNING_OR_STOLEN)) {
            doubtful.add(Column.RUNNING);
        }
        if (parts.containsKey(Part.UNKNOWN)) {
            doubtful.addAll(SPENT.keySet());
        }
    }

    /** Empty where they are unknown. */
    private static Map<Part, Double> parts(CompositeData method) {
        Map<Part, Double> parts = new HashMap<>();
        if (method.containsKey("partsNs") && method.get("partsNs") instanceof TabularData table) {
            for (Object row : (Collection<?>) table.values()) {
                if (row instanceof CompositeData part && part.get("value") instanceof Long ns) {
                    parts.merge(Part.ofKey(String.valueOf(part.get("key"))), (double) ns, Double::sum);
                }
            }
        }
        return parts;
    }

    private static @Nullable Double number(CompositeData method, String key) {
        return method.containsKey(key) && method.get(key) instanceof Long n ? Double.valueOf(n) : null;
    }
}
