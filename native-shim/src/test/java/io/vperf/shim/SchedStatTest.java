package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the kernel says of a thread's waits, held against what the thread itself did. */
@Timeout(60)
class SchedStatTest {

    private static final long BUSY_NS = 200_000_000;
    private static final int MASK_BYTES = 1024;

    private final Natives natives = Loaded.natives();
    private final LibC libc = natives.libc();
    private final SchedStats stats = new SchedStats(natives, new Descriptors(2));

    private SchedStat open() {
        Capability<SchedStat> opened = stats.open();
        if (opened instanceof Capability.Unavailable<SchedStat> not) {
            assumeTrue(!not.reason().matches(".*(does not count|EN?OENT|EPERM|EACCES).*"), not.reason());
        }
        return Loaded.value(opened);
    }

    @Test
    void shouldCountAVoluntarySwitchForEachSleep() throws Exception {
        try (SchedStat stat = open()) {
            long before = stat.voluntarySwitches();
            for (int i = 0; i < 5; i++) {
                Thread.sleep(1);
            }
            assertThat(stat.voluntarySwitches() - before).isGreaterThanOrEqualTo(5);
        }
    }

    /** What a sleeper waited for is no run delay, but for the moment in which it is awake already. */
    @Test
    void shouldNotTakeSleepForRunDelay() throws Exception {
        try (SchedStat stat = open()) {
            long leastNs = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) { // others may want the vCPU too
                long before = stat.runDelayNs();
                Thread.sleep(50);
                leastNs = Math.min(leastNs, stat.runDelayNs() - before);
            }
            assertThat(leastNs).isBetween(0L, 40_000_000L);
        }
    }

    /** Between two looks without a voluntary switch, wall time less CPU time is run delay, and steal. */
    @Test
    void shouldTellWhatARivalOnTheSameVcpuTook() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        long[] found = new long[4];
        Thread thread = new Thread(() -> {
            int vcpu = libc.sched_getcpu();
            pin(vcpu);
            Thread rival = new Thread(() -> {
                pin(vcpu);
                running.countDown();
                while (!done.get()) {
                    Thread.onSpinWait();
                }
            });
            rival.start();
            try (SchedStat stat = open()) {
                running.await();
                Clocks clocks = new Clocks();
                long voluntary = stat.voluntarySwitches();
                long delayNs = stat.runDelayNs();
                long cpuNs = clocks.ns(LibC.CLOCK_THREAD_CPUTIME_ID);
                long wallNs = System.nanoTime();
                while (System.nanoTime() - wallNs < BUSY_NS) {
                    Thread.onSpinWait();
                }
                found[1] = clocks.ns(LibC.CLOCK_THREAD_CPUTIME_ID) - cpuNs;
                found[0] = System.nanoTime() - wallNs;
                found[2] = stat.runDelayNs() - delayNs;
                found[3] = stat.voluntarySwitches() - voluntary;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                done.set(true);
            }
        });
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assumeTrue(found[0] > 0, "the thread's schedstat could not be opened");
        assumeTrue(found[3] == 0, "the thread had to wait for something after all"); // a safepoint

        long gapNs = found[0] - found[1];
        assertThat(found[2]).as("of a gap of %d ns", gapNs).isBetween(BUSY_NS / 10, gapNs + 2_000_000);
    }

    @Test
    void shouldOpenNoMoreThanAllowedAndTakeBackWhatWasClosed() {
        SchedStat first = open();
        SchedStat second = open();
        assertThat(Loaded.reason(stats.open())).contains("as many");
        second.close();
        second.close();
        SchedStat third = open();
        assertThat(Loaded.reason(stats.open())).contains("as many");

        assertThat(third.voluntarySwitches()).isEqualTo(first.voluntarySwitches());
        first.close();
        third.close();
    }

    /** A descriptor belongs to the thread that opened it, whoever reads. */
    @Test
    void shouldAnswerForTheThreadThatOpenedIt() throws Exception {
        SchedStat[] opened = new SchedStat[1];
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch ready = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            opened[0] = open();
            ready.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        ready.await();
        Thread.sleep(20);
        long asleepNs = opened[0].runDelayNs();
        Thread.sleep(100);
        assertThat(opened[0].runDelayNs()).isCloseTo(asleepNs, within(0L));
        done.countDown();
        thread.join();
        for (int i = 0; i < 1_000 && opened[0].runDelayNs() >= 0; i++) {
            Thread.sleep(1); // the native thread ends a little after the Java thread
        }
        assertThat(opened[0].runDelayNs()).as("of a thread that has ended").isNegative();
        opened[0].close();
    }

    private void pin(int vcpu) {
        NativeMemory mask = natives.allocate(MASK_BYTES);
        mask.buffer().put(vcpu / 8, (byte) (1 << (vcpu % 8)));
        if (libc.sched_setaffinity(0, MASK_BYTES, mask.address()) != 0) {
            throw new IllegalStateException("cannot pin to vCPU " + vcpu);
        }
    }

    private final class Clocks {

        private final NativeMemory timespec = natives.allocate(16);

        long ns(int clock) {
            if (libc.clock_gettime(clock, timespec.address()) != 0) {
                throw new IllegalStateException("clock " + clock);
            }
            return TimeUnit.SECONDS.toNanos(timespec.buffer().getLong(0))
                    + timespec.buffer().getLong(8);
        }
    }
}
