package io.vperf.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BriefLockTest {

    private static final int THREADS = 4;
    private static final int TURNS = 200_000;
    private static final int MORE_THAN_FITS = 1 << 24;
    private static final ThreadMXBean JVM = ManagementFactory.getThreadMXBean();

    private final BriefLock lock = new BriefLock();
    private long turns;

    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static long waits(Thread of) {
        ThreadInfo now = JVM.getThreadInfo(of.getId());
        return now.getBlockedCount() + now.getWaitedCount();
    }

    private void takeTurns() {
        for (int i = 0; i < TURNS; i++) {
            lock.lock();
            try {
                turns++;
            } finally {
                lock.held = false;
                lock.wake();
            }
        }
    }

    @Test
    void shouldBeHeldByOneThreadAtATime() throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(new Thread(this::takeTurns));
        }
        all.forEach(Thread::start);
        for (Thread one : all) {
            one.join();
        }

        assertThat(turns).isEqualTo((long) THREADS * TURNS);
        assertThat(lock.held).isFalse();
    }

    @Test
    void shouldWaitWithoutTheJvmCountingItOrTheProcessorBeingUsed() throws InterruptedException {
        assertThat(Natives.load(Natives.defaultFolders())).isInstanceOf(Capability.Available.class);
        long[] ofWaiter = new long[2];
        Thread waiter = new Thread(() -> {
            long before = waits(Thread.currentThread());
            long cpuBeforeNs = JVM.getCurrentThreadCpuTime();
            lock.lock();
            ofWaiter[0] = waits(Thread.currentThread()) - before;
            ofWaiter[1] = JVM.getCurrentThreadCpuTime() - cpuBeforeNs;
            lock.held = false;
            lock.wake();
        });
        lock.lock();
        waiter.start();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(waiter.isAlive()).isTrue();
        lock.held = false;
        lock.wake();
        waiter.join();

        assertThat(ofWaiter[0]).isZero();
        assertThat(ofWaiter[1]).isLessThan(TimeUnit.MILLISECONDS.toNanos(250));
    }

    /** At each depth at which there may be too little room for it. */
    @Test
    void shouldBeGivenBackOrNotBeHeldWhereTheStackIsFull() throws InterruptedException {
        Thread deep = new Thread(null, () -> descend(1), "deep", 1 << 20);
        deep.start();
        deep.join();

        assertThat(turns).isPositive();
        assertThat(lock.held).isFalse();
    }

    private int descend(int depth) {
        try {
            return depth == MORE_THAN_FITS ? 0 : descend(depth + 1) + 1;
        } catch (StackOverflowError e) {
            lock.lock(); // may overflow as well, and then the caller tries
            try {
                turns++;
            } finally {
                lock.held = false;
                lock.wake();
            }
            return 0;
        }
    }
}
