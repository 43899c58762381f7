package io.vperf.top;

import io.vperf.attach.LiveBean;
import io.vperf.attach.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bean. Methods are asked for only where an interval has ended since they were: that JVM works out percentiles for them.
 * Ends no interval. For one thread at a time.
 */
final class Poll {

    private static final String[] CHEAP = {"State", "LatestInterval", "IntervalMillis", "Since"};

    private final long pid;
    private final LiveBean bean;
    private @Nullable Figures latest;

    Poll(long pid, LiveBean bean) {
        this.pid = pid;
        this.bean = bean;
    }

    /**
     * Reads what is there now.
     *
     * @param whole of the whole run; else of the latest interval
     * @throws RefusedException if there is nobody to ask any more
     */
    Figures read(boolean whole) throws RefusedException {
        Figures before = latest;
        Map<String, Object> now = bean.read(CHEAP);
        Figures figures;
        if (before != null
                && before.whole() == whole
                && Objects.equals(before.endMs(), endMs(now))
                && Objects.equals(before.startMs(), startMs(now, whole))) {
            figures = of(now, whole, before.rows());
        } else {
            String methods = whole ? "Methods" : "LatestMethods";
            now = bean.read("State", "LatestInterval", "IntervalMillis", "Since", methods);
            figures = of(now, whole, rows(now, methods, whole));
        }
        latest = figures;
        return figures;
    }

    private Figures of(Map<String, Object> now, boolean whole, List<Row> rows) {
        return new Figures(
                pid,
                String.valueOf(now.getOrDefault("State", "in an unknown state")),
                whole,
                startMs(now, whole),
                endMs(now),
                now.get("IntervalMillis") instanceof Long ms ? ms : null,
                remark(now),
                rows);
    }

    private static List<Row> rows(Map<String, Object> now, String methods, boolean whole) {
        Long startMs = startMs(now, whole);
        Long endMs = endMs(now);
        Double seconds = startMs == null || endMs == null ? null : Double.valueOf((endMs - startMs) / 1e3);
        List<Row> rows = new ArrayList<>();
        if (now.get(methods) instanceof CompositeData[] all) {
            for (CompositeData method : all) {
                rows.add(Row.of(method, seconds));
            }
        }
        return rows;
    }

    private static @Nullable Long startMs(Map<String, Object> now, boolean whole) {
        return whole ? ms(now.get("Since")) : ofInterval(now, "start");
    }

    private static @Nullable Long endMs(Map<String, Object> now) {
        return ofInterval(now, "end");
    }

    private static @Nullable Long ofInterval(Map<String, Object> now, String key) {
        return now.get("LatestInterval") instanceof CompositeData interval ? ms(interval.get(key)) : null;
    }

    private static @Nullable Long ms(@Nullable Object time) {
        return time instanceof String text ? Instant.parse(text).toEpochMilli() : null;
    }

    private static String remark(Map<String, Object> now) {
        if (!(now.get("LatestInterval") instanceof CompositeData interval)) {
            return "";
        }
        if (Boolean.TRUE.equals(interval.get("suspended"))) {
            return "measuring was suspended in it";
        }
        return interval.get("tainted") instanceof String why ? "no corrected times in it: " + why : "";
    }
}
