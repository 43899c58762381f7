package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.junit.jupiter.api.Test;

class StoredHistogramTest {

    /** The same histogram by the cells of another. */
    private static AbstractHistogram stored(Histogram of) {
        TreeMap<Integer, Long> cells = new TreeMap<>();
        for (HistogramIterationValue v : of.recordedValues()) {
            int index = 0;
            while (!of.valuesAreEquivalent(StoredHistogram.value(index), v.getValueIteratedTo())) {
                index++;
            }
            cells.put(index, v.getCountAtValueIteratedTo());
        }
        return StoredHistogram.of(
                cells.keySet().stream().mapToInt(i -> i).toArray(),
                cells.values().stream().mapToLong(n -> n).toArray());
    }

    @Property(tries = 200)
    void shouldBeWhatHdrHistogramMakesOfTheSameValues(
            @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 0, max = 1L << 50) Long> values) {
        Histogram own = new Histogram(2);
        values.forEach(own::recordValue);

        AbstractHistogram stored = stored(own);

        assertThat(stored).isInstanceOf(StoredHistogram.class).isEqualTo(own);
        assertThat(stored.getMaxValue()).isEqualTo(own.getMaxValue());
        assertThat(stored.getMinNonZeroValue()).isEqualTo(own.getMinNonZeroValue());
        for (double p : new double[] {0, 0.1, 25, 50, 75, 99, 99.9, 100, 200}) {
            assertThat(stored.getValueAtPercentile(p)).as("p" + p).isEqualTo(own.getValueAtPercentile(p));
        }
    }

    @Test
    void shouldHoldMoreCallsThanAnInt() {
        AbstractHistogram large = StoredHistogram.of(new int[] {5, 300}, new long[] {3L << 31, 1});

        assertThat(large.getTotalCount()).isEqualTo((3L << 31) + 1);
        assertThat(large.getValueAtPercentile(50)).isEqualTo(5);
        assertThat(large.getMaxValue()).isEqualTo(large.highestEquivalentValue(StoredHistogram.value(300)));
    }

    @Test
    void shouldBeEmptyWithoutCells() {
        assertThat(StoredHistogram.of(new int[0], new long[0]).getTotalCount()).isZero();
    }
}
