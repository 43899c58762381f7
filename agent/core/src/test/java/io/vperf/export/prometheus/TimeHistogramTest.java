package io.vperf.export.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import java.util.Objects;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeHistogramTest {

    private static final double NS_PER_S = 1e9;

    /** Beyond what rounding a bound to a double may be off. */
    private static final double ROUNDING = 1e-12;

    private static HistogramDataPointSnapshot point(Histogram... intervals) {
        TimeHistogram times = new TimeHistogram();
        for (Histogram interval : intervals) {
            times.add(interval);
        }
        return Objects.requireNonNull(times.point(Labels.EMPTY, 1));
    }

    /** From 1 ns to some minutes, any order of magnitude as likely as another. */
    private static Histogram anyTimes(long seed, int count) {
        Random random = new Random(seed);
        Histogram times = new Histogram(2);
        times.setAutoResize(true);
        for (int i = 0; i < count; i++) {
            times.recordValue((long) Math.exp(random.nextDouble() * Math.log(4e11)));
        }
        return times;
    }

    /** The upper bound of the native bucket that has the value of a rank, seconds. */
    private static double nativeAtRank(HistogramDataPointSnapshot point, long rank) {
        long seen = point.getNativeZeroCount();
        double growth = Math.pow(2, Math.pow(2, -point.getNativeSchema()));
        for (NativeHistogramBucket bucket : point.getNativeBucketsForPositiveValues()) {
            seen += bucket.getCount();
            if (seen >= rank) {
                return Math.pow(growth, bucket.getBucketIndex());
            }
        }
        throw new AssertionError("no rank " + rank + " among " + seen);
    }

    @Test
    void shouldCountClassicBucketsExactly() {
        Histogram times = anyTimes(1, 10_000);
        ClassicHistogramBuckets buckets = point(times).getClassicBuckets();
        long cumulative = 0;
        for (int i = 0; i < buckets.size() - 1; i++) {
            cumulative += buckets.getCount(i);
            long boundNs = Math.round(buckets.getUpperBound(i) * NS_PER_S);
            assertThat(cumulative).isEqualTo(times.getCountBetweenValues(0, boundNs));
        }
        assertThat(buckets.getUpperBound(0)).isEqualTo(1.023e-6);
        assertThat(buckets.getUpperBound(buckets.size() - 1)).isInfinite();
        assertThat(cumulative + buckets.getCount(buckets.size() - 1)).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldHaveEachPercentileOfTheDumpInTheNativeBucketThatSaysSo(long seed) {
        Histogram times = anyTimes(seed, 10_000);
        HistogramDataPointSnapshot point = point(times);
        double growth = Math.pow(2, Math.pow(2, -point.getNativeSchema()));
        for (double percentile : new double[] {1, 10, 50, 90, 99, 99.9, 100}) {
            double dumpS = times.getValueAtPercentile(percentile) / NS_PER_S;
            double upperS = nativeAtRank(point, (long) Math.ceil(percentile / 100 * 10_000));
            assertThat(dumpS)
                    .isLessThanOrEqualTo(upperS * (1 + ROUNDING))
                    .isGreaterThan(upperS / growth * (1 - ROUNDING));
        }
        assertThat(point.getNativeBucketsForPositiveValues().size()).isBetween(80, NativeBuckets.MOST_BUCKETS);
    }

    @Test
    void shouldKeepTheFinestBucketsWhereTimesAreAlike() {
        Histogram times = new Histogram(2);
        times.setAutoResize(true);
        for (int i = 0; i < 1_000; i++) {
            times.recordValue(1_000_000 + i * 1_000L);
        }
        assertThat(point(times).getNativeSchema()).isEqualTo(NativeBuckets.FIRST_SCHEMA);
    }

    @Test
    void shouldPutBoundsIntoTheBucketBelow() {
        assertThat(NativeBuckets.index(1, 5)).isZero();
        assertThat(NativeBuckets.index(0.125, 5)).isEqualTo(-96);
        assertThat(NativeBuckets.index(Math.nextUp(0.125), 5)).isEqualTo(-95);
        assertThat(NativeBuckets.index(3, 0)).isEqualTo(2);
    }

    @Test
    void shouldAddIntervalsUp() {
        HistogramDataPointSnapshot apart = point(anyTimes(7, 3_000), anyTimes(8, 2_000));
        Histogram sum = anyTimes(7, 3_000);
        sum.add(anyTimes(8, 2_000));
        HistogramDataPointSnapshot together = point(sum);

        assertThat(apart.getCount()).isEqualTo(5_000).isEqualTo(together.getCount());
        assertThat(apart.getSum()).isEqualTo(together.getSum(), within(together.getSum() * 1e-9));
        assertThat(apart.getClassicBuckets().stream().toList())
                .usingRecursiveComparison()
                .isEqualTo(together.getClassicBuckets().stream().toList());
    }

    @Test
    void shouldTellTheSumWithinHalfABucket() {
        Histogram times = new Histogram(2);
        times.setAutoResize(true);
        double sumNs = 0;
        for (int i = 0; i < 1_000; i++) {
            long ns = 123_457L * i;
            sumNs += ns;
            times.recordValue(ns);
        }
        assertThat(point(times).getSum()).isEqualTo(sumNs / NS_PER_S, within(sumNs / NS_PER_S * 0.004));
    }

    /** Most calls lose nothing. */
    @Test
    void shouldCountZeros() {
        Histogram stolen = new Histogram(2);
        stolen.recordValueWithCount(0, 999);
        stolen.recordValue(1);
        HistogramDataPointSnapshot point = point(stolen);
        assertThat(point.getNativeZeroCount()).isEqualTo(999);
        assertThat(point.getNativeZeroThreshold()).isZero();
        assertThat(point.getClassicBuckets().getCount(0)).isEqualTo(1_000);
    }

    @Test
    void shouldNotBeWhereNothingIsKnown() {
        TimeHistogram times = new TimeHistogram();
        times.add(null);
        times.add(new Histogram(2));
        assertThat(times.point(Labels.EMPTY, 1)).isNull();
    }
}
