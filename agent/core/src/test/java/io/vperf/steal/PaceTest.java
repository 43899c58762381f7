package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    private static final long MS = 1_000_000;
    private static final long READING_NS = 50_000;

    private long nowNs = -7_000 * MS;

    private Pace idle(long periodNs, int samples) {
        Pace pace = new Pace(periodNs);
        for (int i = 0; i < samples; i++) {
            next(pace, false, false);
        }
        return pace;
    }

    /** Sleeps for as long as that pace says, and takes a sample. */
    private void next(Pace pace, boolean calls, boolean steal) {
        nowNs += pace.pauseNs();
        pace.sampled(calls, steal, nowNs, READING_NS);
    }

    private long pauseWithBoth(long periodNs, long readingNs) {
        Pace pace = new Pace(periodNs);
        pace.sampled(true, true, nowNs, readingNs);
        return pace.pauseNs();
    }

    @Test
    void shouldStretchAfterTenSamplesThatNothingNeeded() {
        assertThat(new Pace(100 * MS).isStretched()).isFalse();
        assertThat(idle(100 * MS, 9).pauseNs()).isEqualTo(100 * MS);
        assertThat(idle(100 * MS, 10).pauseNs()).isEqualTo(1000 * MS);
        assertThat(idle(100 * MS, 100).pauseNs()).isEqualTo(1000 * MS);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void shouldNotStretchAgainAtOnce(boolean calls, boolean steal) {
        Pace pace = idle(100 * MS, 50);
        next(pace, calls, steal);
        for (int i = 0; i < 9; i++) {
            next(pace, false, false);
            assertThat(pace.isStretched()).isFalse();
        }
        next(pace, false, false);
        assertThat(pace.isStretched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 100", "100, 1000", "400, 1000", "1000, 1000", "10000, 10000"})
    void shouldKeepToASecondAndNeverShortenThePeriod(long periodMs, long stretchedMs) {
        Pace pace = idle(periodMs * MS, 20);
        assertThat(pace.pauseNs()).isEqualTo(stretchedMs * MS);
        assertThat(pace.isStretched()).isEqualTo(stretchedMs > periodMs);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void shouldNotHurryForCallsWithoutStealNorForStealWithoutCalls(boolean calls, boolean steal) {
        Pace pace = new Pace(100 * MS);
        for (int i = 0; i < 50; i++) {
            next(pace, calls, steal);
            assertThat(pace.pauseNs()).isEqualTo(100 * MS);
        }
    }

    @Test
    void shouldHurryWhileStealAndCallsAreSeenNowAndThen() {
        Pace pace = new Pace(100 * MS);
        next(pace, true, false);
        next(pace, false, true);
        for (int i = 0; i < 1000; i++) {
            assertThat(pace.pauseNs()).isEqualTo(20 * MS);
            next(pace, i % 100 == 0, i % 100 == 70);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "false, false"})
    void shouldGoBackToThePeriodThreeSecondsAfterEitherWasSeenLast(boolean calls, boolean steal) {
        Pace pace = new Pace(100 * MS);
        next(pace, true, true);
        long sinceNs = nowNs;
        while (nowNs < sinceNs + 3_000 * MS) {
            assertThat(pace.pauseNs()).isEqualTo(20 * MS);
            next(pace, calls, steal);
        }
        next(pace, calls, steal);
        assertThat(pace.pauseNs()).isEqualTo(100 * MS);
    }

    /** A stretched window is no longer than the samples that found nothing took. */
    @Test
    void shouldStretchOnlyAfterTenSamplesOfThePeriodThatFoundNothing() {
        Pace pace = new Pace(100 * MS);
        next(pace, true, true);
        while (!pace.isStretched()) {
            next(pace, false, false);
        }
        assertThat(nowNs).isEqualTo(-7_000 * MS + 100 * MS + 3_020 * MS + 1_000 * MS);
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "20, 10", "50, 10", "100, 20", "1000, 200", "10000, 2000"})
    void shouldHurryFivefoldButNotBelowTheCountersResolution(long periodMs, long fastMs) {
        assertThat(pauseWithBoth(periodMs * MS, READING_NS)).isEqualTo(fastMs * MS);
    }

    @ParameterizedTest
    @CsvSource({"99, 20000", "100, 20000", "150, 30000", "499, 99800", "500, 100000", "5000, 100000"})
    void shouldNotSpendMoreThanHalfAPercentOnReadingByHurrying(long readingUs, long fastUs) {
        assertThat(pauseWithBoth(100 * MS, readingUs * 1_000)).isEqualTo(fastUs * 1_000);
    }
}
