package io.vperf.benchmarks.calls;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** For any number of threads at a time. */
public final class SharedPair implements RecorderPair {

    /** There is room for an hour from the start. Otherwise histograms grow with the longest time there was. */
    public static final String FIXED_PROPERTY = "bench.recorder.fixed";

    private static final boolean FIXED = Boolean.getBoolean(FIXED_PROPERTY);
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final Recorder wall = recorder();
    private final Recorder cpu = recorder();
    private @Nullable Histogram wallRead;
    private @Nullable Histogram cpuRead;

    /** One that never grows needs two atomic operations less for a value. */
    private static Recorder recorder() {
        return FIXED ? new Recorder(1, HOUR_NS, DIGITS) : new Recorder(DIGITS, PACKED);
    }

    @Override
    public void record(long ns) {
        wall.recordValue(ns);
        cpu.recordValue(ns);
    }

    @Override
    public void recordWall(long ns) {
        wall.recordValue(ns);
    }

    @Override
    public void takeInto(Histogram wallSum, Histogram cpuSum) {
        wallRead = wall.getIntervalHistogram(wallRead);
        wallSum.add(wallRead);
        cpuRead = cpu.getIntervalHistogram(cpuRead);
        cpuSum.add(cpuRead);
    }
}
