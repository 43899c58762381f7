package io.vperf.record;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Lets one real thread make the calls of many: each has a recorder's state of its own, made on a real thread that then does
 * nothing but live as long as the one it stands for.
 */
public final class SimulatedThreads implements AutoCloseable {

    private final ThreadLocal<ThreadFrames> current;
    private final List<@Nullable One> all = new ArrayList<>();

    /** Whose state it is; a recorder takes no exit from another thread. */
    private final Field owner;

    private record One(Thread real, ThreadFrames frames, ThreadKey key, CountDownLatch ended) {}

    @SuppressWarnings("unchecked")
    public SimulatedThreads(Recording recording) {
        try {
            Field field = CallRecorder.class.getDeclaredField("current");
            field.setAccessible(true);
            owner = ThreadFrames.class.getDeclaredField("thread");
            owner.setAccessible(true);
            current = (ThreadLocal<ThreadFrames>) field.get(recording.probeHandler());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The caller makes this thread's calls from now on. It begins if it is not known. */
    public void turnTo(int thread) {
        while (all.size() <= thread) {
            all.add(null);
        }
        One one = all.get(thread);
        if (one == null) {
            one = begin(thread);
            all.set(thread, one);
        }
        current.set(one.frames());
    }

    /** The recorder's number for it. */
    public long sequence(int thread) {
        One one = all.get(thread);
        if (one == null) {
            throw new IllegalArgumentException("has not made a call: " + thread);
        }
        return one.frames().sequence;
    }

    private One begin(int thread) {
        FutureTask<ThreadFrames> frames = new FutureTask<>(current::get);
        CountDownLatch ended = new CountDownLatch(1);
        Thread real = new Thread(
                () -> {
                    frames.run();
                    try {
                        ended.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "simulated-" + thread);
        real.setDaemon(true);
        real.start();
        try {
            One one = new One(real, frames.get(), frames.get().thread, ended);
            owner.set(one.frames(), new ThreadKey(Thread.currentThread()));
            return one;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** It makes no more calls. */
    public void end(int thread) {
        One one = thread < all.size() ? all.set(thread, null) : null;
        if (one != null) {
            one.ended().countDown();
            try {
                one.real().join();
                owner.set(one.frames(), one.key());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        for (int thread = 0; thread < all.size(); thread++) {
            end(thread);
        }
        current.remove();
    }
}
