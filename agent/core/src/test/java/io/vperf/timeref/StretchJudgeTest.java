package io.vperf.timeref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vperf.shim.Capability;
import org.junit.jupiter.api.Test;

class StretchJudgeTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MS = 1_000_000;
    private static final long INTERVAL = 10 * SECOND;

    /** Offsets are known to 0.1 ms. */
    private static final long ERROR = 100_000;

    private final StretchJudge judge = new StretchJudge();
    private long guestNs = 5 * SECOND;
    private long outsideNs = 777 * SECOND;

    private static Sample sample(long guestNs, long outsideNs, long source, boolean raw) {
        return new Sample(guestNs, outsideNs, ERROR, 2 * ERROR, source, raw);
    }

    /** After an interval in which the outside clock gained so much. */
    private Capability<Stretch> next(long gainedNs, boolean raw) {
        Sample from = sample(guestNs, outsideNs, 1, raw);
        guestNs += INTERVAL;
        outsideNs += INTERVAL + gainedNs;
        return judge.judge(from, sample(guestNs, outsideNs, 1, raw));
    }

    private Stretch known(long gainedNs, boolean raw) {
        Capability<Stretch> judged = next(gainedNs, raw);
        assertThat(judged).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<Stretch>) judged).value();
    }

    private static String reason(Capability<Stretch> judged) {
        assertThat(judged).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<Stretch>) judged).reason();
    }

    /** 300 us gained in 10 s are 30 ppm; offsets that are off by 0.1 ms either end are 20 ppm. */
    @Test
    void shouldTellTheRateWithItsBound() {
        Stretch stretch = known(300_000, true);

        assertThat(stretch.ratePpm()).isEqualTo(30.0);
        assertThat(stretch.ratePpmBound()).isEqualTo(20.0);
        assertThat(stretch.errorNs()).isEqualTo(2 * ERROR);
        assertThat(stretch.guestNs()).isEqualTo(INTERVAL);
        assertThat(stretch.outsideNs()).isEqualTo(INTERVAL + 300_000);
        assertThat(stretch.stoodStillNs()).isZero();
    }

    /** Before the usual rates are known: 1,200 ppm of 10 s and twice 0.1 ms. */
    @Test
    void shouldTellAPauseFromRatesAtOnceThoughRoughly() {
        Stretch stretch = known(2_500 * MS, true);

        assertThat(stretch.stoodStillNs()).isEqualTo(2_500 * MS);
        assertThat(stretch.stoodStillBoundNs()).isEqualTo(12 * MS + 2 * ERROR);
        assertThat(stretch.ratePpm()).isNull();
        assertThat(stretch.ratePpmBound()).isNull();
    }

    /** A counter whose rate a boot found 400 ppm too high loses 4 ms in 10 s, always. */
    @Test
    void shouldNotTakeAUsualDifferenceForAPause() {
        for (int i = 0; i < 3; i++) {
            assertThat(known(4 * MS, true).stoodStillNs()).isZero();
        }
        Stretch calm = known(5 * MS, true);
        Stretch paused = known(4 * MS + 20 * MS, true);

        assertThat(calm.stoodStillNs()).isZero();
        assertThat(calm.ratePpm()).isEqualTo(500.0);
        assertThat(paused.stoodStillNs()).isEqualTo(20 * MS);
        // 200 ppm of 10 s, the error of the usual rate, that of the samples
        assertThat(paused.stoodStillBoundNs()).isCloseTo(2 * MS + 2 * ERROR + 2 * ERROR, within(1L));
    }

    @Test
    void shouldNotLearnFromAPause() {
        for (int i = 0; i < 4; i++) {
            known(0, true);
        }
        known(900 * MS, true);
        known(900 * MS, true);

        assertThat(known(900 * MS, true).stoodStillNs()).isEqualTo(900 * MS);
        assertThat(known(0, true).stoodStillNs()).isZero();
    }

    /** As after an exchange whose packets were all held up. */
    @Test
    void shouldNotLearnFromWhatItHardlyKnows() {
        Sample from = sample(guestNs, outsideNs, 1, true);
        for (int i = 1; i <= 5; i++) {
            Sample to = sample(guestNs + i * MS, outsideNs + i * MS + 90_000, 1, true);
            assertThat(judge.judge(from, to)).isInstanceOf(Capability.Available.class);
        }
        assertThat(known(0, true).stoodStillBoundNs()).isEqualTo(12 * MS + 2 * ERROR);
    }

    /** NTP slews by 500 ppm, 5 ms in 10 s. */
    @Test
    void shouldNotTakeSlewForAPause() {
        for (int i = 0; i < 5; i++) {
            known(0, false);
        }
        assertThat(known(5 * MS, false).stoodStillNs()).isZero();
        assertThat(known(50 * MS, false).stoodStillNs()).isEqualTo(50 * MS);
        assertThat(known(0, false).stoodStillBoundNs()).isCloseTo(12 * MS + 4 * ERROR, within(1L));
    }

    @Test
    void shouldKnowNothingAcrossARestartOfTheServer() {
        Sample before = sample(guestNs, outsideNs, 1, true);
        Sample after = sample(guestNs + INTERVAL, 42, 2, true);
        Sample later = sample(guestNs + 2 * INTERVAL, 42 + INTERVAL, 2, true);

        assertThat(reason(judge.judge(before, after)))
                .isEqualTo("the time server was started anew, and its clock with it");
        assertThat(judge.judge(after, later)).isInstanceOf(Capability.Available.class);
    }

    @Test
    void shouldNotBelieveAReferenceThatStoodStillItself() {
        assertThat(reason(next(-3 * SECOND, true)))
                .isEqualTo(
                        "the outside clock fell behind by 3000.0 ms ± 12.2 ms: it stood still or was set back itself");
    }

    @Test
    void shouldKnowNothingWhereTheGuestsClockDidNotAdvance() {
        Sample from = sample(guestNs, outsideNs, 1, true);
        assertThat(reason(judge.judge(from, sample(guestNs, outsideNs + 1, 1, true))))
                .isEqualTo("the guest's clock did not advance");
    }
}
