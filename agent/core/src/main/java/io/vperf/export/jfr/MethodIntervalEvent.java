package io.vperf.export.jfr;

import io.vperf.explain.Explanation;
import io.vperf.record.Correction;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** One method in one interval; see {@link MethodInterval}. */
@Name("io.vperf.MethodInterval")
@Label("Method")
@Description("A measured method in one interval of vperf")
final class MethodIntervalEvent extends SpentEvent {

    @Label("Method")
    @Description("As vperf reports it")
    String method = "";

    @Label("Interval Start")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long intervalStart;

    @Label("Interval End")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long intervalEnd;

    @Label("Calls")
    @Description("That ended in the interval")
    long calls;

    @Label("Measured Calls")
    long measuredCalls;

    @Label("Exceptions")
    @Description("Calls that ended in one")
    long exceptions;

    @Label("In Flight")
    @Description("Calls in progress at the interval's end")
    long inFlight;

    @Label("Wall Time")
    @Description("Sum over outermost calls")
    @Timespan(Timespan.NANOSECONDS)
    long wall;

    @Label("Corrected Time")
    @Description("Wall time less what was stolen")
    @Timespan(Timespan.NANOSECONDS)
    long corrected;

    @Label("Self Time")
    @Description("Sum of wall time less that of measured methods called")
    @Timespan(Timespan.NANOSECONDS)
    long self;

    @Label("CPU Time")
    @Description("Sum over the outermost calls for which it is known")
    @Timespan(Timespan.NANOSECONDS)
    long cpu;

    @Label("Calls of Unknown CPU Time")
    long cpuUnknownCalls;

    @Label("Stolen")
    @Description("Sum of what the hypervisor took, as attributed from the steal counters")
    @Timespan(Timespan.NANOSECONDS)
    long stolen;

    @Label("Stolen, Bound")
    @Description("The true sum is within so much of Stolen")
    @Timespan(Timespan.NANOSECONDS)
    long stolenBound;

    @Label("Uncorrected Calls")
    @Description("Long calls of which nobody can say what was stolen from them")
    long uncorrectedCalls;

    @Label("Sampling Factor")
    @Description("One in how many calls was measured at the interval's end")
    int samplingFactor;

    @Label("p50")
    @Description("Of wall times")
    @Timespan(Timespan.NANOSECONDS)
    long p50;

    @Label("p90")
    @Description("Of wall times")
    @Timespan(Timespan.NANOSECONDS)
    long p90;

    @Label("p99")
    @Description("Of wall times")
    @Timespan(Timespan.NANOSECONDS)
    long p99;

    @Label("p99.9")
    @Description("Of wall times")
    @Timespan(Timespan.NANOSECONDS)
    long p999;

    @Label("Maximum")
    @Description("Of wall times")
    @Timespan(Timespan.NANOSECONDS)
    long max;

    @Label("Corrected p50")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP50;

    @Label("Corrected p50 Bound")
    @Description("The true one is within so much of it")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP50Bound;

    @Label("Corrected p90")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP90;

    @Label("Corrected p90 Bound")
    @Description("The true one is within so much of it")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP90Bound;

    @Label("Corrected p99")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP99;

    @Label("Corrected p99 Bound")
    @Description("The true one is within so much of it")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP99Bound;

    @Label("Corrected p99.9")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP999;

    @Label("Corrected p99.9 Bound")
    @Description("The true one is within so much of it")
    @Timespan(Timespan.NANOSECONDS)
    long correctedP999Bound;

    @Label("Corrected Maximum")
    @Timespan(Timespan.NANOSECONDS)
    long correctedMax;

    @Label("Corrected Maximum Bound")
    @Description("The true one is within so much of it")
    @Timespan(Timespan.NANOSECONDS)
    long correctedMaxBound;

    void fill(IntervalSnapshot snapshot, MethodInterval m) {
        method = m.name();
        intervalStart = snapshot.startMs();
        intervalEnd = snapshot.endMs();
        calls = m.calls();
        measuredCalls = Figures.of(m.measuredCalls());
        exceptions = Figures.of(m.exceptions());
        inFlight = m.inFlight();
        wall = Figures.of(m.wallNs());
        corrected = Figures.of(m.correctedNs());
        self = Figures.of(m.selfNs());
        cpu = Figures.of(m.cpuNs());
        cpuUnknownCalls = m.cpuUnknownCalls();
        stolen = Figures.of(m.stolenNs());
        stolenBound = Figures.of(m.boundNs());
        uncorrectedCalls = m.uncorrectedCalls();
        samplingFactor = m.samplingFactor();
        AbstractHistogram raw = m.wall();
        p50 = Figures.percentile(raw, 50);
        p90 = Figures.percentile(raw, 90);
        p99 = Figures.percentile(raw, 99);
        p999 = Figures.percentile(raw, 99.9);
        max = Figures.max(raw);
        corrected(m.correction());
        Explanation explanation = m.explanation();
        spent(explanation == null ? null : explanation.split());
    }

    private void corrected(@Nullable Correction c) {
        AbstractHistogram less = c == null ? null : c.corrected();
        correctedP50 = Figures.percentile(less, 50);
        correctedP50Bound = Figures.bound(c, 50);
        correctedP90 = Figures.percentile(less, 90);
        correctedP90Bound = Figures.bound(c, 90);
        correctedP99 = Figures.percentile(less, 99);
        correctedP99Bound = Figures.bound(c, 99);
        correctedP999 = Figures.percentile(less, 99.9);
        correctedP999Bound = Figures.bound(c, 99.9);
        correctedMax = Figures.max(less);
        correctedMaxBound = Figures.bound(c, 100);
    }
}
