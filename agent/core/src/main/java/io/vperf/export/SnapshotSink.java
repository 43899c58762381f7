package io.vperf.export;

import io.vperf.record.IntervalSnapshot;

/** An exporter. Called on the dumper's thread, or on the thread that ends the JVM; never by both at once. */
public interface SnapshotSink {

    /** Called once, soon after the run has begun and before the first snapshot, unless the run ends before that. */
    default void begin() {}

    void accept(IntervalSnapshot snapshot);

    /** No further snapshot will come. */
    void finish();
}
