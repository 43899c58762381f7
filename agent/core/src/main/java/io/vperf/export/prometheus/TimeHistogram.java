package io.vperf.export.prometheus;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * Times of a run, added up from the histograms of its intervals, as Prometheus has them: classic and native. Not thread-safe.
 *
 * <p>Classic bounds are 2^k − 1 ns. An HdrHistogram has a bound of its own at each 2^k, so these counts are exact. Native bounds
 * are powers of two of a second and fall in the middle of an HdrHistogram's bucket: that is counted where its upper end is, which is
 * what percentiles of the dump say, too. The sum takes each time for the middle of its bucket, and is within 0.4 %.
 */
final class TimeHistogram {

    /** The lowest classic bound is 1.023 us. */
    private static final int LOWEST_LOG2 = 10;

    /** The highest is 137 s. */
    private static final int HIGHEST_LOG2 = 37;

    private static final double NS_PER_S = 1e9;

    private static final double[] BOUNDS = bounds();

    private final long[] classic = new long[BOUNDS.length];
    private final NativeBuckets nativeBuckets = new NativeBuckets();
    private double sumNs;
    private boolean known;

    private static double[] bounds() {
        double[] bounds = new double[HIGHEST_LOG2 - LOWEST_LOG2 + 2];
        for (int i = 0; i < bounds.length - 1; i++) {
            bounds[i] = ((1L << (LOWEST_LOG2 + i)) - 1) / NS_PER_S;
        }
        bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /**
     * Adds an interval's.
     *
     * @param times nanoseconds, with two significant digits; null where unknown
     */
    void add(@Nullable AbstractHistogram times) {
        if (times == null || times.getTotalCount() == 0) {
            return;
        }
        known = true;
        for (HistogramIterationValue bucket : times.recordedValues()) {
            long count = bucket.getCountAtValueIteratedTo();
            long ns = times.highestEquivalentValue(bucket.getValueIteratedTo());
            classic[classicIndex(ns)] += count;
            nativeBuckets.add(ns, count);
            sumNs += (double) times.medianEquivalentValue(ns) * count;
        }
    }

    private static int classicIndex(long ns) {
        int log2 = Long.SIZE - Long.numberOfLeadingZeros(ns); // the least with ns <= 2^log2 - 1
        return Math.max(LOWEST_LOG2, Math.min(log2, HIGHEST_LOG2 + 1)) - LOWEST_LOG2;
    }

    /** Null if nothing is known. */
    @Nullable
    HistogramDataPointSnapshot point(Labels labels, long startedMs) {
        if (!known) {
            return null;
        }
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(BOUNDS, classic),
                nativeBuckets.schema(),
                nativeBuckets.zeros(),
                0,
                nativeBuckets.buckets(),
                NativeHistogramBuckets.EMPTY,
                sumNs / NS_PER_S,
                labels,
                Exemplars.EMPTY,
                startedMs);
    }
}
