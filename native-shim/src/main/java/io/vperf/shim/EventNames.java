package io.vperf.shim;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The events that every perf knows by name, hardware, cache and software: {@code enum perf_hw_id}, {@code perf_hw_cache_id}
 * and {@code perf_sw_ids} of {@code linux/perf_event.h}, under the names that perf prints. Upper and lower case are one.
 *
 * <p>Left out: {@code dummy} and {@code bpf-output}, which never count.
 */
final class EventNames {

    /**
     * What the modifiers mean to an event. Tried on Linux 6.18: 100 pages touched in user space and 50 by read(), 10 sleeps, 6
     * migrations, counted without exclusion, with {@code exclude_kernel}, with {@code exclude_user}.
     */
    enum Side {
        /** Hardware events, and faults: 150, 100, 50. Each fault is booked where the instruction was that took it. */
        EITHER,
        /** Switches 18, 0, 18; migrations 6, 0, 6: they happen in the kernel, and without it are never counted. */
        KERNEL,
        /** The clocks: all alike. They do not tell one from the other. */
        BOTH
    }

    /**
     * @param type {@code attr.type}
     * @param config {@code attr.config}
     */
    record Known(int type, long config, Side side) {}

    private static final SortedMap<String, Known> BY_NAME = Collections.unmodifiableSortedMap(byName());

    private EventNames() {}

    static SortedMap<String, Known> all() {
        return BY_NAME;
    }

    private static SortedMap<String, Known> byName() {
        SortedMap<String, Known> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        hardware(names);
        software(names);
        CacheEvents.all().forEach((name, config) -> names.put(name, new Known(PerfEvent.CACHE, config, Side.EITHER)));
        return names;
    }

    private static void hardware(SortedMap<String, Known> names) {
        String[][] byConfig = {
            {"cpu-cycles", "cycles"},
            {"instructions"},
            {"cache-references"},
            {"cache-misses"},
            {"branch-instructions", "branches"},
            {"branch-misses"},
            {"bus-cycles"},
            {"stalled-cycles-frontend", "idle-cycles-frontend"},
            {"stalled-cycles-backend", "idle-cycles-backend"},
            {"ref-cycles"},
        };
        for (int config = 0; config < byConfig.length; config++) {
            for (String name : byConfig[config]) {
                names.put(name, new Known(PerfEvent.HARDWARE, config, Side.EITHER));
            }
        }
    }

    private static void software(SortedMap<String, Known> names) {
        put(names, 0, Side.BOTH, "cpu-clock");
        put(names, 1, Side.BOTH, "task-clock");
        put(names, 2, Side.EITHER, "page-faults", "faults");
        put(names, 3, Side.KERNEL, "context-switches", "cs");
        put(names, 4, Side.KERNEL, "cpu-migrations", "migrations");
        put(names, 5, Side.EITHER, "minor-faults");
        put(names, 6, Side.EITHER, "major-faults");
        put(names, 7, Side.EITHER, "alignment-faults");
        put(names, 8, Side.EITHER, "emulation-faults");
        put(names, 11, Side.KERNEL, "cgroup-switches"); // since Linux 5.13
    }

    private static void put(SortedMap<String, Known> names, long config, Side side, String... aliases) {
        for (String alias : aliases) {
            names.put(alias, new Known(PerfEvent.SOFTWARE, config, side));
        }
    }
}
