package io.vperf.record;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/** What the threads of {@link ClockDifferential} do inside of a measured call, drawn at random. For one thread's use. */
final class Mix {

    private static final int PAGE = 4096;

    /** Fought over by all threads, of two kinds. */
    private static final Object MONITOR = new Object();

    private static final ReentrantLock LOCK = new ReentrantLock();

    private final SplittableRandom random;
    private final Compared calls;
    private final IntConsumer keep;
    private int value;

    /** @param keep sees what was computed, so that it has to be */
    Mix(long seed, Compared calls, IntConsumer keep) {
        this.random = new SplittableRandom(seed);
        this.calls = calls;
        this.keep = keep;
    }

    /** One outermost call with some two hundred below it. Returns how many calls it made. */
    int round() {
        int[] made = {1};
        calls.call(0, () -> {
            int children = 100 + random.nextInt(100);
            for (int i = 0; i < children; i++) {
                made[0] += leaf();
            }
        });
        keep.accept(value);
        return made[0];
    }

    private int leaf() {
        int kind = random.nextInt(1_000);
        int method = 1 + random.nextInt(60);
        if (kind < 800) {
            calls.call(method, () -> compute(random.nextInt(500)));
        } else if (kind < 900) {
            return 1 + descend(random.nextInt(12));
        } else if (kind < 960) {
            calls.call(method, () -> compute(random.nextInt(20_000)));
        } else if (kind < 970) {
            calls.call(method, () -> compute(random.nextInt(400_000)));
        } else if (kind < 980) {
            calls.call(method, Mix::giveWay);
        } else if (kind < 984) {
            calls.call(method, this::lock);
        } else if (kind < 988) {
            calls.call(method, this::monitor);
        } else if (kind < 994) {
            calls.call(method, () -> value += new byte[random.nextInt(200_000)].length);
        } else if (kind < 996) {
            calls.call(method, this::fault);
        } else {
            calls.call(method, () -> LockSupport.parkNanos(random.nextInt(500_000)));
        }
        return 1;
    }

    /** The same method over and over, and now and then a switch at the bottom. */
    private int descend(int deeper) {
        int[] below = {0};
        calls.call(63, () -> {
            compute(random.nextInt(200));
            if (deeper > 0 && calls.mayNest()) {
                below[0] = 1 + descend(deeper - 1);
            } else if (random.nextInt(20) == 0) {
                LockSupport.parkNanos(1_000);
            }
            compute(random.nextInt(200));
        });
        return below[0];
    }

    private void compute(int steps) {
        int x = value + 1;
        for (int i = 0; i < steps; i++) {
            x = x * 1_664_525 + 1_013_904_223;
        }
        value = x;
    }

    @SuppressWarnings("ThreadPriorityCheck") // a switch without a wait is what is wanted
    private static void giveWay() {
        Thread.yield();
    }

    private void lock() {
        LOCK.lock();
        try {
            compute(20_000);
        } finally {
            LOCK.unlock();
        }
    }

    private void monitor() {
        synchronized (MONITOR) {
            compute(20_000);
        }
    }

    /** Memory that was never touched: of the heap beyond what it has used, or fresh from the kernel. */
    private void fault() {
        byte[] fresh = new byte[(16 + random.nextInt(64)) * PAGE];
        for (int i = 0; i < fresh.length; i += PAGE) {
            fresh[i] = 1;
        }
        value += fresh.length;
    }

    /** A few calls and no end to them in sight: for threads that come and go. */
    void few(int count) {
        for (int i = 0; i < count; i++) {
            calls.call(2, () -> compute(random.nextInt(2_000)));
        }
        keep.accept(value);
    }
}
