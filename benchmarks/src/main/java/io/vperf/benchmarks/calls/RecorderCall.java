package io.vperf.benchmarks.calls;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A finished call enters the histograms: nothing is measured, the times are from an array. Rows differ in the design of
 * the recorder, and by system properties in how many methods are called in turn.
 */
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class RecorderCall extends CallBenchmark {

    /** How many methods; a power of two. */
    public static final String METHODS_PROPERTY = "bench.recorder.methods";

    /** Whether only one time of the call is recorded, in designs that know no better than a histogram for each. */
    public static final String ONE_PROPERTY = "bench.recorder.one";

    static final int METHODS = Integer.getInteger(METHODS_PROPERTY, 1);
    static final boolean ONE = Boolean.getBoolean(ONE_PROPERTY);

    private final long[] durationsNs = Durations.ns();
    private int calls;

    /** Of the call that ends now. */
    final long nextNs() {
        return durationsNs[++calls & (Durations.COUNT - 1)];
    }

    /** Whose call that was. */
    final int method() {
        return calls & (METHODS - 1);
    }

    /** Into the pair of the method that was called. */
    static void record(RecorderPair pair, long ns) {
        if (ONE) {
            pair.recordWall(ns);
        } else {
            pair.record(ns);
        }
    }

    /** How many calls are recorded: each in one histogram of wall time and, unless one is all there is, one of CPU time. */
    static long recorded(Iterable<? extends RecorderPair[]> all) {
        Histogram wall = new Histogram(RecorderPair.DIGITS);
        Histogram cpu = new Histogram(RecorderPair.DIGITS);
        wall.setAutoResize(true);
        cpu.setAutoResize(true);
        for (RecorderPair[] ofMethods : all) {
            for (RecorderPair pair : ofMethods) {
                pair.takeInto(wall, cpu);
            }
        }
        return ONE ? wall.getTotalCount() : Math.min(wall.getTotalCount(), cpu.getTotalCount());
    }
}
