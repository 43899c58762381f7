package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelClockTest {

    private final Natives natives = Loaded.natives();

    @Test
    void shouldReadTheRawClockAsNanoseconds() throws InterruptedException {
        KernelClock raw = Loaded.value(KernelClock.monotonicRaw(natives));
        long beforeNs = System.nanoTime();
        long firstNs = raw.nowNs();
        Thread.sleep(50);
        long tookNs = raw.nowNs() - firstNs;
        long mostNs = System.nanoTime() - beforeNs;

        // CLOCK_MONOTONIC may be slewed by 10 % at most (adjtimex(2)), the raw one not.
        assertThat(tookNs).isBetween(45_000_000L, mostNs + mostNs / 10);
    }

    @Test
    void shouldTellThatThereIsNoSuchClock() {
        assertThat(new KernelClock(natives, 99).nowNs()).isNegative();
    }
}
