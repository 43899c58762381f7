package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodCapacityTest {

    @ParameterizedTest
    @CsvSource({"16, 64", "12, 32", "1, 32", "64, 832", "128, 1856", "4096, 10000"})
    void shouldLeaveMostOfASmallHeapToTheApplication(long heapMb, int methods) {
        assertThat(MethodCapacity.of(10_000, heapMb << 20)).isEqualTo(methods);
    }

    @ParameterizedTest
    @CsvSource({"16, 5", "4096, 100"})
    void shouldNeverBeMoreThanIsAskedFor(long heapMb, int methods) {
        assertThat(MethodCapacity.of(methods, heapMb << 20)).isEqualTo(methods);
        assertThat(MethodCapacity.of(methods, Long.MAX_VALUE)).isEqualTo(methods);
    }
}
