package io.vperf.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltasTest {

    private static final long QUARTER = 1L << 30;
    private static final long LIMIT = 1L << 32;

    @Test
    void shouldSubtract() {
        assertThat(Deltas.between(Map.of("a", 5L, "b", 7L), Map.of("a", 9L, "b", 7L)))
                .isEqualTo(Map.of("a", 4L, "b", 0L));
    }

    @Test
    void shouldSubtractBeyondTheLargestSignedNumber() {
        assertThat(Deltas.between(Map.of("a", Long.MAX_VALUE), Map.of("a", Long.MIN_VALUE + 1)))
                .isEqualTo(Map.of("a", 2L));
    }

    @Test
    void shouldFollowACounterOf32BitsAcrossItsEnd() {
        assertThat(Deltas.between(Map.of("a", LIMIT - 10, "b", 3L), Map.of("a", 5L, "b", 4L)))
                .isEqualTo(Map.of("a", 15L, "b", 1L));
        assertThat(Deltas.between(Map.of("a", 3 * QUARTER), Map.of("a", QUARTER - 1)))
                .isEqualTo(Map.of("a", 2 * QUARTER - 1));
    }

    @Test
    void shouldFollowACounterOf64BitsAcrossItsEnd() {
        assertThat(Deltas.between(Map.of("a", -10L), Map.of("a", 5L))).isEqualTo(Map.of("a", 15L));
    }

    @Test
    void shouldNotTakeACounterThatWasSetBackForOneThatWrapped() {
        assertThat(Deltas.between(Map.of("a", 3 * QUARTER - 1), Map.of("a", 0L)))
                .isNull();
        assertThat(Deltas.between(Map.of("a", LIMIT - 1), Map.of("a", QUARTER))).isNull();
        assertThat(Deltas.between(Map.of("a", LIMIT + 1), Map.of("a", 1L))).isNull();
        assertThat(Deltas.between(Map.of("a", 2L), Map.of("a", 1L))).isNull();
    }

    /** One that is larger than before may have been set back with the others. */
    @Test
    void shouldKnowNothingOfAnyCounterAfterAReset() {
        assertThat(Deltas.between(Map.of("bytes", 4_000_000_000L, "packets", 5L), Map.of("bytes", 100L, "packets", 2L)))
                .isNull();
        assertThat(Deltas.between(Map.of("bytes", 5L, "packets", 9L), Map.of("bytes", 100L, "packets", 2L)))
                .isNull();
    }

    @Test
    void shouldNotBelieveWhatCannotHavePassed() {
        assertThat(Deltas.between(Map.of("a", 0L), Map.of("a", (1L << 60) + 1))).isNull();
        assertThat(Deltas.between(Map.of("a", 0L), Map.of("a", -1L))).isNull();
    }

    @Test
    void shouldLeaveOutWhatIsInOneReadingOnly() {
        assertThat(Deltas.between(Map.of("a", 1L, "old", 1L), Map.of("a", 3L, "new", 7L)))
                .isEqualTo(Map.of("a", 2L));
    }
}
