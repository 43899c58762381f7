package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingCostTest {

    private static final long LONG_NS = 20_000;

    /** Takes no less than so long. */
    private static ReadingCost.Readings lasting(long ns) {
        return count -> {
            long beginNs = System.nanoTime();
            long endNs = beginNs;
            while (endNs - beginNs < ns * count) {
                endNs = System.nanoTime();
            }
            return endNs;
        };
    }

    @Test
    void shouldTellNoLessThanAReadingTakes() {
        assertThat(ReadingCost.fastestNs(1, 1, lasting(LONG_NS))).isGreaterThanOrEqualTo(LONG_NS);
        assertThat(ReadingCost.batchNs(lasting(LONG_NS), 3)).isGreaterThanOrEqualTo(3 * LONG_NS);
    }
}
