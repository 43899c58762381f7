package io.vperf.export.hlog;

import io.vperf.explain.Part;
import io.vperf.explain.SlowCall;
import io.vperf.explain.WallSplit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@link Lines} say of where time went. */
final class SpentLines {

    private SpentLines() {}

    /** The parts of wall time by their keys, in nanoseconds: all of them, as they add up to it. */
    static Map<String, Long> partsOf(WallSplit split) {
        Map<String, Long> parts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            parts.put(part.key(), split.ns(part));
        }
        return parts;
    }

    /** Parts that a newer vperf has told apart are of unknown meaning; null if there is anything wrong with them. */
    static @Nullable WallSplit split(
            @Nullable Map<String, Long> parts, @Nullable Long pausedNs, @Nullable Long blockedWhileStolenNs) {
        if (parts == null) {
            return null;
        }
        Map<Part, Long> known = new EnumMap<>(Part.class);
        for (Map.Entry<String, @Nullable Long> part : parts.entrySet()) {
            Long ns = part.getValue();
            if (ns == null || ns < 0) {
                return null;
            }
            known.merge(Part.ofKey(part.getKey()), ns, Long::sum);
        }
        return new WallSplit(known, pausedNs, blockedWhileStolenNs);
    }

    /** Before the line of its method, one for each call that was kept whole; see {@link SlowCall}. */
    record Slow(
            int v,
            String kind,
            String name,
            long startMs,
            long wallNs,
            String thread,
            long threadNumber,
            @Nullable Integer vcpuAtEntry,
            @Nullable Integer vcpuAtExit,
            boolean thrown,
            long weight,
            @Nullable Long leastStolenNs,
            @Nullable Long mostStolenNs,
            Map<String, Long> parts,
            @Nullable Long pausedNs,
            @Nullable Long blockedWhileStolenNs,
            @Nullable Map<String, Long> counters,
            List<String> callers,
            int callersLeftOut) {

        static Slow of(String method, SlowCall c) {
            return new Slow(
                    Lines.VERSION,
                    "slow",
                    method,
                    c.startMs(),
                    c.wallNs(),
                    c.thread(),
                    c.threadNumber(),
                    c.vcpuAtEntry(),
                    c.vcpuAtExit(),
                    c.thrown(),
                    c.weight(),
                    c.leastStolenNs(),
                    c.mostStolenNs(),
                    partsOf(c.split()),
                    c.split().pausedNs(),
                    c.split().blockedWhileStolenNs(),
                    c.counters().isEmpty() ? null : c.counters(),
                    c.callers(),
                    c.callersLeftOut());
        }

        /** Null where parts are missing in the JSON. */
        @Nullable
        SlowCall call() {
            WallSplit split = split(parts, pausedNs, blockedWhileStolenNs);
            if (split == null
                    || name == null
                    || thread == null
                    || callers == null
                    || callers.contains(null)
                    || (counters != null && counters.containsValue(null))) {
                return null;
            }
            return new SlowCall(
                    startMs,
                    wallNs,
                    thread,
                    threadNumber,
                    vcpuAtEntry,
                    vcpuAtExit,
                    thrown,
                    weight,
                    leastStolenNs,
                    mostStolenNs,
                    split,
                    counters == null ? Map.of() : counters,
                    callers,
                    callersLeftOut);
        }
    }
}
