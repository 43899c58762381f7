package io.vperf.shim;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LibCTest {

    private final Natives natives = Loaded.natives();
    private final NativeMemory timespec = natives.allocate(16);

    @Test
    void shouldCountCpuTimeWhileBurning() {
        long startNs = clockNs(LibC.CLOCK_THREAD_CPUTIME_ID);
        long deadlineNs = System.nanoTime() + SECONDS.toNanos(20);
        long burntNs = 0;
        while (burntNs < MILLISECONDS.toNanos(20)) {
            assertThat(System.nanoTime()).as("20 ms of CPU time take 20 s").isLessThan(deadlineNs);
            burntNs = clockNs(LibC.CLOCK_THREAD_CPUTIME_ID) - startNs;
        }
    }

    @Test
    void shouldNotCountCpuTimeWhileSleeping() throws Exception {
        long startNs = clockNs(LibC.CLOCK_THREAD_CPUTIME_ID);
        Thread.sleep(200);

        assertThat(clockNs(LibC.CLOCK_THREAD_CPUTIME_ID) - startNs).isBetween(0L, MILLISECONDS.toNanos(20));
    }

    /** What wall times rest on: System.nanoTime() and the kernel's CLOCK_MONOTONIC are one clock. */
    @Test
    void shouldReadTheClockOfNanoTime() {
        long bestNs = Long.MAX_VALUE;
        long apartNs = Long.MAX_VALUE;
        for (int i = 0; i < 1_000; i++) { // a preemption between the readings spoils a try, never all of them
            long beforeNs = System.nanoTime();
            long kernelNs = clockNs(LibC.CLOCK_MONOTONIC);
            long widthNs = System.nanoTime() - beforeNs;
            if (widthNs < bestNs) {
                bestNs = widthNs;
                apartNs = kernelNs - (beforeNs + widthNs / 2);
            }
        }
        assertThat(apartNs).isBetween(-1_000_000L, 1_000_000L);
    }

    @Test
    void shouldRefuseAClockThereIsNot() {
        assertThat(natives.libc().clock_gettime(9999, timespec.address())).isEqualTo(-1);
    }

    private long clockNs(int clockId) {
        assertThat(natives.libc().clock_gettime(clockId, timespec.address())).isZero();
        return SECONDS.toNanos(timespec.buffer().getLong(0)) + timespec.buffer().getLong(8);
    }
}
