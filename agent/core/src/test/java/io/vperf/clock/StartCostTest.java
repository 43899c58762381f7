package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartCostTest {

    private static final long MS = 1_000_000;

    private static void passNs(long ns) {
        long beginNs = System.nanoTime();
        while (System.nanoTime() - beginNs < ns) {
            Thread.onSpinWait();
        }
    }

    /** Cheap from a moment on, as what HotSpot compiles. */
    private static ReadingCost.Readings falling(long fromNs, long dearNs, long cheapNs) {
        return count -> {
            passNs(count * (System.nanoTime() < fromNs ? dearNs : cheapNs));
            return count;
        };
    }

    @Test
    void shouldTellNothingOfWhatNeverBecameCheaper() {
        StartCost cost = new StartCost(1);
        cost.measure(20 * MS, falling(Long.MIN_VALUE, 1, 2_000));

        assertThat(cost.isSettled()).isFalse();
        assertThat(cost.roundedNs(0)).isEmpty();
    }

    @Test
    void shouldTellWhatItBecameThoughAskedInTwoParts() {
        long fromNs = System.nanoTime() + 100 * MS;
        StartCost cost = new StartCost(2);
        ReadingCost.Readings[] kinds = {falling(fromNs, 2_000, 200), falling(fromNs, 2_000, 600)};
        cost.measure(50 * MS, kinds);
        assertThat(cost.isSettled()).as("before it became cheaper").isFalse();

        passNs(Math.max(0, fromNs - System.nanoTime()));
        cost.measure(120_000 * MS, kinds); // it takes some ms, but not where others have the processors
        assertThat(cost.isSettled()).isTrue();
        assertThat(cost.ns(0)).isBetween(200.0, 600.0);
        assertThat(cost.ratio(1, 0)).isGreaterThan(1);
    }
}
