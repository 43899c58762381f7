package io.vperf.steal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** How long the calls of each method usually take: by the last ones of them, less what was stolen. */
final class UsualTimes {

    private static final int LAST = 255;

    /** Fewer say nothing. */
    private static final int LEAST = 16;

    /**
     * An excess beyond so many times the median deviation stands out; of normally distributed times 0.7 % do. Without this
     * margin every second call claims a little of any steal, and uses up what others need.
     */
    private static final int DEVIATIONS = 4;

    private static final class Times {

        final long[] ns = new long[LAST];
        int size;
        int next;
        int sinceSorted;
        long medianNs;
        long deviationNs;

        void add(long timeNs) {
            ns[next] = timeNs;
            next = (next + 1) % LAST;
            size = Math.min(LAST, size + 1);
            sinceSorted++;
        }

        void sort() {
            if (sinceSorted * 8 > size) {
                sinceSorted = 0;
                long[] sorted = Arrays.copyOf(ns, size);
                medianNs = median(sorted);
                for (int i = 0; i < size; i++) {
                    sorted[i] = Math.abs(sorted[i] - medianNs);
                }
                deviationNs = median(sorted);
            }
        }

        private static long median(long[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }

    /** 2 kB each; there are at most as many as measured methods. */
    private final Map<Integer, Times> byMethod = new HashMap<>();

    /** A call took so long, after all. */
    void add(int method, long ns) {
        byMethod.computeIfAbsent(method, m -> new Times()).add(ns);
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
        Times times = byMethod.get(method);
        if (times == null || times.size < LEAST) {
            return 0;
        }
        times.sort();
        long excessNs = ns - times.medianNs;
        return excessNs > DEVIATIONS * times.deviationNs ? excessNs : 0;
    }
}
