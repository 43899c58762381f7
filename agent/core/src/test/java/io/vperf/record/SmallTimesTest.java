package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SmallTimesTest {

    private final SmallTimes small = new SmallTimes();

    @Test
    void shouldGiveAHistogramWhatItWouldHaveBeenGivenOneByOne() {
        for (int round = 1; round <= 2; round++) {
            Histogram oneByOne = new Histogram(2);
            Histogram together = new Histogram(2);
            for (int i = 0; i < 1_000; i++) {
                long ns = (long) i * i % 300 * round / 2;
                oneByOne.recordValue(ns);
                if (!small.add(ns)) {
                    together.recordValue(ns);
                }
            }
            assertThat(small.isEmpty()).isFalse();
            small.drainTo(together);
            assertThat(small.isEmpty()).isTrue();
            assertThat(together).isEqualTo(oneByOne);
        }
    }

    @Test
    void shouldLeaveLongTimesToTheHistogram() {
        assertThat(small.add(0)).isTrue();
        assertThat(small.add(255)).isTrue();
        assertThat(small.add(256)).isFalse();
        assertThat(small.add(Long.MAX_VALUE)).isFalse();
    }
}
