package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That a nap's lateness is the kernel's word is shown with stopped processes in integration-tests/jvm. */
@Timeout(60)
class NapTimerTest {

    private static final long NAP_NS = 20_000_000;

    private final Natives natives = Loaded.natives();

    @Test
    void shouldSleepAsLongAsAskedForAndTellHowMuchLonger() {
        try (NapTimer timer = Loaded.value(NapTimer.open(natives))) {
            for (int i = 0; i < 5; i++) {
                long beginNs = System.nanoTime();
                long lateNs = timer.nap(NAP_NS);
                long tookNs = System.nanoTime() - beginNs;

                assertThat(tookNs).isGreaterThanOrEqualTo(NAP_NS);
                if (lateNs != NapTimer.UNKNOWN) { // a busy machine may have kept the thread from its nap
                    assertThat(lateNs % NapTimer.STEP_NS).isZero();
                    assertThat(lateNs).isBetween(0L, tookNs - NAP_NS);
                }
            }
        }
    }

    @Test
    void shouldSleepForSecondsToo() {
        try (NapTimer timer = Loaded.value(NapTimer.open(natives))) {
            long beginNs = System.nanoTime();
            timer.nap(TimeUnit.MILLISECONDS.toNanos(1_100));
            assertThat(System.nanoTime() - beginNs).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(1_100));
        }
    }

    @Test
    void shouldNotKnowWithoutItsDescriptor() {
        NapTimer timer = Loaded.value(NapTimer.open(natives));
        timer.close();
        timer.close();
        assertThat(timer.nap(NAP_NS)).isEqualTo(NapTimer.UNKNOWN);
    }
}
