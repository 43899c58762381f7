package io.vperf.export;

import io.vperf.health.Health;
import io.vperf.record.IntervalSnapshot;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends an interval every so often and hands its snapshot to the exporters. One daemon thread; {@link #dumpNow()} may come
 * from any thread.
 */
public final class Dumper implements Runnable {

    private volatile long intervalNs;

    /** Wakes the dumper: what is in it does not matter. */
    private final BlockingQueue<Long> changes = new LinkedBlockingQueue<>();

    private final long watchNs;
    private final Runnable watch;
    private final Supplier<IntervalSnapshot> snapshots;
    private final List<SnapshotSink> sinks;
    private final Health health;
    private final Thread thread = new Thread(this, "vperf-dumper");
    private final CountDownLatch begun = new CountDownLatch(1);
    private boolean finished;

    /**
     * @param watchNs how often to watch within an interval
     * @param watch on the same thread, and never while an interval is ended
     */
    public Dumper(
            long intervalNs,
            Supplier<IntervalSnapshot> snapshots,
            List<SnapshotSink> sinks,
            Health health,
            long watchNs,
            Runnable watch) {
        this.intervalNs = intervalNs;
        this.watchNs = watchNs;
        this.watch = watch;
        this.snapshots = snapshots;
        this.sinks = sinks;
        this.health = health;
    }

    public void start() {
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    @Override
    public void run() {
        begin();
        begun.countDown();
        long nextNs = System.nanoTime() + intervalNs;
        while (true) {
            try {
                if (changes.poll(Math.min(nextNs - System.nanoTime(), watchNs), TimeUnit.NANOSECONDS) != null) {
                    nextNs = System.nanoTime() + intervalNs;
                }
            } catch (InterruptedException e) {
                return; // by finish()
            }
            if (nextNs - System.nanoTime() > 0) {
                watch();
                continue;
            }
            dumpNow();
            nextNs += intervalNs;
            long nowNs = System.nanoTime();
            if (nextNs - nowNs < 0) {
                nextNs = nowNs + intervalNs; // the machine was stopped for longer than an interval
            }
        }
    }

    private synchronized void watch() {
        try {
            watch.run();
        } catch (Throwable t) {
            health.suppress("between dumps", t);
        }
    }

    private synchronized void begin() {
        if (!finished) {
            for (SnapshotSink sink : sinks) {
                try {
                    sink.begin();
                } catch (Throwable t) {
                    health.suppress("starting an exporter", t);
                }
            }
        }
    }

    /** Waits until the sinks have begun, as far as they tell, for so long at most. Called by any thread but the dumper's. */
    public void awaitBegun(long patienceMs) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        if (!begun.await(patienceMs, TimeUnit.MILLISECONDS)) {
            return;
        }
        for (SnapshotSink sink : sinks) {
            sink.awaitBegun(TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime()));
        }
    }

    public long intervalNs() {
        return intervalNs;
    }

    /** The running interval ends so long from now, and each that follows takes as long. */
    public void setIntervalNs(long ns) {
        intervalNs = ns;
        changes.add(ns);
    }

    /** Ends the running interval. */
    public synchronized void dumpNow() {
        if (!finished) {
            deliver();
        }
    }

    /** Ends the running interval, and has something looked at before another can end. */
    public synchronized <T> T dumpNow(Supplier<T> after) {
        dumpNow();
        return after.get();
    }

    /** Ends the last interval. */
    public synchronized void finish() {
        if (finished) {
            return;
        }
        finished = true;
        deliver();
        for (SnapshotSink sink : sinks) {
            try {
                sink.finish();
            } catch (Throwable t) {
                health.suppress("finishing an exporter", t);
            }
        }
        thread.interrupt(); // it writes nothing now: that is done in this object's monitor
    }

    /** An exporter that fails neither stops the others nor the next interval. */
    private void deliver() {
        IntervalSnapshot snapshot;
        try {
            snapshot = snapshots.get();
        } catch (Throwable t) {
            health.suppress("taking a snapshot", t);
            return;
        }
        for (SnapshotSink sink : sinks) {
            try {
                sink.accept(snapshot);
            } catch (Throwable t) {
                health.suppress("in an exporter", t);
            }
        }
    }
}
