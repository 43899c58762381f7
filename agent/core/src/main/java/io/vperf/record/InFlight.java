package io.vperf.record;

import java.util.HashMap;
import java.util.Map;

/** Calls that have begun and not ended, per method, at one moment. For one thread's use. */
final class InFlight {

    private final Map<Integer, long[]> countAndOldestNs = new HashMap<>();

    /** A call that stands for so many. */
    void add(int methodId, long weight, long ageNs) {
        long[] entry = countAndOldestNs.computeIfAbsent(methodId, id -> new long[2]);
        entry[0] += weight;
        entry[1] = Math.max(entry[1], ageNs);
    }

    long count(int methodId) {
        long[] entry = countAndOldestNs.get(methodId);
        return entry == null ? 0 : entry[0];
    }

    long oldestNs(int methodId) {
        long[] entry = countAndOldestNs.get(methodId);
        return entry == null ? 0 : entry[1];
    }
}
