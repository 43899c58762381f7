package io.vperf.export.prometheus;

import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The buckets of a native histogram, each {@code 2^(2^−schema)} times as wide as the one below. Begins with those of 2.2 %, some
 * three times the width of an interval's own, and doubles their width whenever there are too many. Not thread-safe.
 */
final class NativeBuckets {

    /** As Prometheus' own library begins. */
    static final int FIRST_SCHEMA = 5;

    /** As that library keeps. */
    static final int MOST_BUCKETS = 160;

    private static final double NS_PER_S = 1e9;

    /** Counts by index. */
    private TreeMap<Integer, Long> counts = new TreeMap<>();

    private int schema = FIRST_SCHEMA;
    private long zeros;

    /**
     * Adds values.
     *
     * @param ns 0 or more
     */
    void add(long ns, long count) {
        if (ns == 0) {
            zeros += count;
            return;
        }
        counts.merge(index(ns / NS_PER_S, schema), count, Long::sum);
        while (counts.size() > MOST_BUCKETS) {
            widen();
        }
    }

    /** The bucket {@code (2^((i−1)/2^schema), 2^(i/2^schema)]} of a value. */
    static int index(double value, int schema) {
        int exponent = Math.getExponent(value);
        double mantissa = value / Math.scalb(1.0, exponent); // 1 to 2
        int within = (int) Math.ceil(Math.log(mantissa) / Math.log(2) * (1 << schema));
        return (exponent << schema) + within;
    }

    /** Two neighbours become one. */
    private void widen() {
        TreeMap<Integer, Long> wide = new TreeMap<>();
        counts.forEach((index, count) -> wide.merge((index + 1) >> 1, count, Long::sum));
        counts = wide;
        schema--;
    }

    int schema() {
        return schema;
    }

    /** How many values were 0. */
    long zeros() {
        return zeros;
    }

    NativeHistogramBuckets buckets() {
        NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            buckets.bucket(bucket.getKey(), bucket.getValue());
        }
        return buckets.build();
    }
}
