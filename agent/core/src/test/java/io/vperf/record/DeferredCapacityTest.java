package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeferredCapacityTest {

    private static final long MB = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64, 4096})
    void shouldTakeNoMoreThanASixteenthOfASmallHeap(int vcpus) {
        int capacity = DeferredCapacity.of(vcpus, 16 * MB);

        assertThat((long) capacity * DeferredCalls.BYTES_PER_CALL).isBetween(MB - DeferredCalls.BYTES_PER_CALL, MB);
    }

    @Test
    void shouldGrowWithTheMachineWhereTheHeapHasRoom() {
        assertThat(DeferredCapacity.of(2, 512 * MB)).isEqualTo(2 * 8192);
        assertThat(DeferredCapacity.of(2, Long.MAX_VALUE)).isEqualTo(2 * 8192);
        assertThat(DeferredCapacity.of(4096, Long.MAX_VALUE)).isEqualTo(65_536);
    }
}
