package io.vperf.benchmarks.apps;

import io.vperf.benchmarks.calls.RecorderPair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** One pair of recorders for each method. */
final class PairsDesign implements RecorderMemory.Design {

    private final List<RecorderPair> pairs = new ArrayList<>();
    private final int threads;

    PairsDesign(int methods, int threads, Supplier<RecorderPair> pair) {
        this.threads = threads;
        for (int i = 0; i < methods; i++) {
            pairs.add(pair.get());
        }
    }

    @Override
    public void record(long ns) {
        for (RecorderPair pair : pairs) {
            for (int i = 0; i < threads; i++) {
                pair.record(ns);
            }
        }
    }

    @Override
    public long endInterval() {
        long calls = 0;
        for (RecorderPair pair : pairs) {
            Histogram wall = new Histogram(RecorderPair.DIGITS);
            Histogram cpu = new Histogram(RecorderPair.DIGITS);
            wall.setAutoResize(true);
            cpu.setAutoResize(true);
            pair.takeInto(wall, cpu);
            calls += Math.min(wall.getTotalCount(), cpu.getTotalCount());
        }
        return calls;
    }
}
