package io.vperf.compare;

import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.WallSplit;
import io.vperf.export.Snapshots;
import io.vperf.record.Correction;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.report.RunSummary;
import io.vperf.report.Runs;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Runs of one's own making: intervals in which a method is now and then a little slower, by a seed. */
final class Made {

    static final String METHOD = "shop.Order.pay";
    private static final int CALLS = 200;

    final RunSamples samples = new RunSamples();
    private final RunSummary summary = new RunSummary(null);

    private Made() {}

    /**
     * A run.
     *
     * @param noise standard deviation of an interval's level, as a share
     * @param cpuNs of a call, on average
     * @param stolenNs of a call
     */
    static Made run(long seed, int intervals, double noise, double cpuNs, double stolenNs) {
        Made made = new Made();
        Random random = new Random(seed);
        for (int i = 0; i < intervals; i++) {
            double level = Math.max(0.1, 1 + noise * random.nextGaussian());
            made.add(i, interval(random, level, cpuNs, stolenNs));
        }
        return made;
    }

    /** Of which steal, CPU time and parts are unknown. */
    static Made wallOnly(int intervals) {
        Made made = new Made();
        for (int i = 0; i < intervals; i++) {
            made.add(i, Snapshots.stealUnknown(METHOD));
        }
        return made;
    }

    private void add(int number, MethodInterval m) {
        IntervalSnapshot snapshot =
                new IntervalSnapshot(1_000L * number, 1_000L * number + 1_000, List.of(m), null, Map.of());
        samples.accept(snapshot);
        summary.accept(snapshot);
    }

    Runs runs() {
        return new Runs(List.of(new Runs.Run(summary, List.of(Path.of("made.hlog")))));
    }

    private static MethodInterval interval(Random random, double level, double cpuNs, double stolenNs) {
        Histogram wall = Snapshots.histogram();
        Histogram cpu = Snapshots.histogram();
        Histogram stolen = Snapshots.histogram();
        long sumCpuNs = 0;
        long sumStolenNs = 0;
        for (int call = 0; call < CALLS; call++) {
            long ofCpuNs = Math.round(cpuNs * level * (0.8 + 0.4 * random.nextDouble()));
            long ofStealNs = Math.round(stolenNs * level * (0.8 + 0.4 * random.nextDouble()));
            cpu.recordValue(ofCpuNs);
            stolen.recordValue(ofStealNs);
            wall.recordValue(ofCpuNs + ofStealNs);
            sumCpuNs += ofCpuNs;
            sumStolenNs += ofStealNs;
        }
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        parts.put(Part.RUNNING, sumCpuNs);
        parts.put(Part.STOLEN, sumStolenNs);
        long wallNs = sumCpuNs + sumStolenNs;
        return new MethodInterval(
                METHOD,
                CALLS,
                (long) CALLS,
                0L,
                wallNs,
                wallNs,
                0L,
                sumCpuNs,
                0,
                0,
                1,
                null,
                0,
                0,
                wall,
                cpu,
                List.of(),
                new Correction(sumStolenNs, sumStolenNs, sumStolenNs, cpu, null, null, stolen, null, null),
                new Explanation(new WallSplit(parts, 0L, 0L), List.of(), 0));
    }

    static Comparison compare(Made a, Made b, String... limits) {
        return new Comparison(
                a.runs(),
                List.of(a.samples),
                b.runs(),
                List.of(b.samples),
                List.of(limits).stream().map(Limit::parse).toList());
    }
}
