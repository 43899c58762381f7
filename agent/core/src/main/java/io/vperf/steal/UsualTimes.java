package io.vperf.steal;

import java.util.HashMap;
import java.util.Map;

/** How long the calls of each method usually take: by the last ones of them, less what was stolen. */
final class UsualTimes {

    /** 26 kB each; there are at most as many as measured methods. */
    private final Map<Integer, MethodTimes> byMethod = new HashMap<>();

    /** A call has been judged. */
    void add(int method, MethodTimes.Call call) {
        byMethod.computeIfAbsent(method, m -> new MethodTimes()).add(call);
    }

    /**
     * By how much a call took longer than usual, if that stands out; else 0.
     *
     * @param rare whether most calls of the method are too short to be seen here: what is seen is no usual time then, and all
     *     of it stands out
     */
    long excessNs(int method, boolean rare, long ns) {
        if (rare) {
            return ns;
        }
        MethodTimes times = byMethod.get(method);
        return times == null ? 0 : times.excessNs(ns);
    }
}
