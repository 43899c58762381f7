package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    private static final long MS = 1_000_000;

    private static Pace idle(long periodNs, int samples) {
        Pace pace = new Pace(periodNs);
        for (int i = 0; i < samples; i++) {
            pace.sampled(false);
        }
        return pace;
    }

    @Test
    void shouldStretchAfterTenSamplesThatNothingNeeded() {
        assertThat(new Pace(100 * MS).isStretched()).isFalse();
        assertThat(idle(100 * MS, 9).pauseNs()).isEqualTo(100 * MS);
        assertThat(idle(100 * MS, 10).pauseNs()).isEqualTo(1000 * MS);
        assertThat(idle(100 * MS, 100).pauseNs()).isEqualTo(1000 * MS);
    }

    @Test
    void shouldNotStretchAgainAtOnce() {
        Pace pace = idle(100 * MS, 50);
        pace.sampled(true);
        for (int i = 0; i < 9; i++) {
            pace.sampled(false);
            assertThat(pace.isStretched()).isFalse();
        }
        pace.sampled(false);
        assertThat(pace.isStretched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 100", "100, 1000", "400, 1000", "1000, 1000", "10000, 10000"})
    void shouldKeepToASecondAndNeverShortenThePeriod(long periodMs, long stretchedMs) {
        Pace pace = idle(periodMs * MS, 20);
        assertThat(pace.pauseNs()).isEqualTo(stretchedMs * MS);
        assertThat(pace.isStretched()).isEqualTo(stretchedMs > periodMs);
    }
}
