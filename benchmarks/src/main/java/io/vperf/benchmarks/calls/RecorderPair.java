package io.vperf.benchmarks.calls;

import org.HdrHistogram.Histogram;

/** Wall and CPU time of one method, each in a recorder of HdrHistogram's: what the designs besides vperf's have many of. */
public interface RecorderPair {

    /** As vperf's histograms: a value is recorded within 1 %. */
    int DIGITS = 2;

    /** Histograms are packed: smaller and slower. */
    String PACKED_PROPERTY = "bench.recorder.packed";

    boolean PACKED = Boolean.getBoolean(PACKED_PROPERTY);

    /** A call that was on the CPU all the time. */
    void record(long ns);

    /** Only one of the two times. */
    void recordWall(long ns);

    /**
     * Ends an interval, as a dumper does, and adds what was in it. The histograms read are kept for the interval after the
     * next, so that from then on nothing is allocated.
     */
    void takeInto(Histogram wall, Histogram cpu);
}
