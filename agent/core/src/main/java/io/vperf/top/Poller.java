package io.vperf.top;

import io.vperf.attach.RefusedException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads figures again and again on a daemon thread of its own, so that keys are obeyed while the other JVM does not answer. Ends with
 * the first failure.
 */
final class Poller implements Runnable {

    private final Poll poll;
    private final long periodMs;
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private volatile boolean whole;

    /** Written by the thread, read by who draws. */
    private volatile @Nullable Figures latest;

    private volatile @Nullable RefusedException failure;

    Poller(Poll poll, boolean whole, long periodMs) {
        this.poll = poll;
        this.whole = whole;
        this.periodMs = periodMs;
    }

    void start() {
        Thread thread = new Thread(this, "vperf-top");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (true) {
                latest = poll.read(whole);
                changes.poll(periodMs, TimeUnit.MILLISECONDS);
            }
        } catch (RefusedException e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = new RefusedException("what vperf says there cannot be read: " + e, "use its own vperf.jar");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody but a debugger does
        }
    }

    /** Of the latest interval instead of the whole run, or the other way round; read at once. */
    void toggle() {
        boolean before = whole; // of the one thread that reads keys
        whole = !before;
        changes.add(true);
    }

    /** Null before the first answer. */
    @Nullable
    Figures latest() {
        return latest;
    }

    /** Why there will be no more figures; null as long as there are. */
    @Nullable
    RefusedException failure() {
        return failure;
    }
}
