package io.vperf.shim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cache events by perf's names ({@code L1-dcache-load-misses}) with their config: {@code cache | operation << 8 | result <<
 * 16}, {@code man perf_event_open}. Which of them a processor has, only it can tell.
 */
final class CacheEvents {

    private static final int MISS = 1 << 16;

    /**
     * In the order of {@code enum perf_hw_cache_id}.
     *
     * @param operations which of load, store, prefetch perf offers for it
     */
    private record Cache(String name, int operations) {}

    private static final int LOAD = 1;
    private static final int STORE = 2;
    private static final int PREFETCH = 4;

    private static final Cache[] CACHES = {
        new Cache("L1-dcache", LOAD | STORE | PREFETCH),
        new Cache("L1-icache", LOAD | PREFETCH),
        new Cache("LLC", LOAD | STORE | PREFETCH),
        new Cache("dTLB", LOAD | STORE | PREFETCH),
        new Cache("iTLB", LOAD),
        new Cache("branch", LOAD),
        new Cache("node", LOAD | STORE | PREFETCH),
    };

    /** Singular and plural, in the order of {@code enum perf_hw_cache_op_id}. */
    private static final String[][] OPERATIONS = {{"load", "loads"}, {"store", "stores"}, {"prefetch", "prefetches"}};

    private CacheEvents() {}

    static Map<String, Long> all() {
        Map<String, Long> events = new LinkedHashMap<>();
        for (int cache = 0; cache < CACHES.length; cache++) {
            for (int operation = 0; operation < OPERATIONS.length; operation++) {
                if ((CACHES[cache].operations() & 1 << operation) != 0) {
                    String prefix = CACHES[cache].name() + "-";
                    long config = cache | operation << 8;
                    events.put(prefix + OPERATIONS[operation][1], config);
                    events.put(prefix + OPERATIONS[operation][0] + "-misses", config | MISS);
                }
            }
        }
        return events;
    }
}
