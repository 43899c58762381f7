package io.vperf.benchmarks.calls;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** For one thread alone; histograms grow with the longest time there was. */
public final class ThreadPair implements RecorderPair {

    private final SingleWriterRecorder wall = new SingleWriterRecorder(DIGITS, PACKED);
    private final SingleWriterRecorder cpu = new SingleWriterRecorder(DIGITS, PACKED);
    private @Nullable Histogram wallRead;
    private @Nullable Histogram cpuRead;

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
