package io.vperf.export;

import io.vperf.record.IntervalSnapshot;

/** An exporter. Called on the dumper's thread, or on the thread that ends the JVM; never by both at once. */
public interface SnapshotSink {

    /** Called once, soon after the run has begun and before the first snapshot, unless the run ends before that. */
    default void begin() {}

    /**
     * Waits until what {@link #begin()} leaves to other threads is done, or told that it cannot be. Called by any thread.
     *
     * @param patienceMs for how long at most; not positive: not at all
     */
    default void awaitBegun(long patienceMs) throws InterruptedException {}

    void accept(IntervalSnapshot snapshot);

    /** No further snapshot will come. */
    void finish();
}
