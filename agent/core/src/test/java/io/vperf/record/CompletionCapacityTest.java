package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompletionCapacityTest {

    @Test
    void shouldTakeASixteenthOfTheHeapUpToABound() {
        assertThat(CompletionCapacity.of(40 << 20)).isEqualTo((40 << 20) / 16 / 200);
        assertThat(CompletionCapacity.of(24L << 30)).isEqualTo(262_144);
        assertThat(CompletionCapacity.of(Long.MAX_VALUE)).isEqualTo(262_144);
    }
}
