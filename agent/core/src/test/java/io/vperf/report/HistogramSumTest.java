package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.record.StoredHistogram;
import java.util.Random;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramSumTest {

    /** Some ascending cells, as a file has them. */
    private static AbstractHistogram stored(Random random) {
        int from = random.nextInt(2_000);
        int[] indexes = random.ints(1 + random.nextInt(20), from, from + 500)
                .distinct()
                .sorted()
                .toArray();
        long[] counts = random.longs(indexes.length, 1, 100).toArray();
        return StoredHistogram.of(indexes, counts);
    }

    private static AbstractHistogram recorded(Random random) {
        Histogram recorded = new Histogram(2);
        random.longs(10, 0, 1L << 40).forEach(recorded::recordValue);
        return recorded;
    }

    /** Those of files, those of the agent, and both in any order; asked for in between. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void shouldAddUpWhatHdrHistogramDoes(double shareOfStored) {
        Random random = new Random(7);
        HistogramSum sum = new HistogramSum();
        Histogram expected = new Histogram(2);
        for (int i = 0; i < 300; i++) {
            AbstractHistogram more = random.nextDouble() < shareOfStored ? stored(random) : recorded(random);
            sum.add(more);
            expected.add(more);
            if (i % 37 == 0) {
                assertThat(sum.histogram()).isEqualTo(expected);
            }
        }
        assertThat(sum.histogram()).isEqualTo(expected);
        assertThat(sum.histogram().getMaxValue()).isEqualTo(expected.getMaxValue());
    }

    @Test
    void shouldNotChangeWithItsCopy() {
        Random random = new Random(8);
        HistogramSum sum = new HistogramSum();
        AbstractHistogram first = stored(random);
        sum.add(first);
        HistogramSum copy = sum.copy();
        copy.add(stored(random));

        assertThat(sum.histogram()).isEqualTo(first);
        assertThat(copy.histogram().getTotalCount()).isGreaterThan(first.getTotalCount());
    }

    @Test
    void shouldBeEmptyAtFirst() {
        HistogramSum sum = new HistogramSum();
        sum.add(new Histogram(2));

        assertThat(sum.histogram().getTotalCount()).isZero();
    }
}
