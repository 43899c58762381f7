package io.vperf.compare;

import io.vperf.explain.Explanation;
import io.vperf.explain.Part;
import io.vperf.explain.WallSplit;
import io.vperf.record.Correction;
import io.vperf.record.Estimate;
import io.vperf.record.MethodInterval;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/** What a stretch of a run says of one method. Sums are null where no interval of it knows them. */
final class Sample {

    private static final int DIGITS = 2;

    private final Map<Metric, PackedHistogram> times = new EnumMap<>(Metric.class);
    private final Map<Metric, Long> sumsNs = new EnumMap<>(Metric.class);

    /** Between these lie the true corrected times. */
    final PackedHistogram least = new PackedHistogram(DIGITS);

    final PackedHistogram most = new PackedHistogram(DIGITS);
    private long leastStolenNs;
    private long mostStolenNs;

    private final Map<Part, Long> partsNs = new EnumMap<>(Part.class);

    /** Calls of the intervals in which the parts are known. */
    private long splitCalls;

    /** Whether self time holds more than it should. */
    private boolean selfIsLimit;

    private boolean wallIsLimit;

    long calls;

    void add(MethodInterval m) {
        calls += m.calls();
        Long wallNs = m.wallNs();
        if (wallNs == null) {
            return; // none was measured
        }
        Estimate e = m.estimate();
        add(Metric.WALL, m.wall());
        add(Metric.WALL, e == null ? wallNs : Long.valueOf(wallNs - e.probeNs() + e.waitsNs()));
        Long selfNs = m.selfNs();
        if (selfNs != null) {
            add(Metric.SELF, e == null ? selfNs : Long.valueOf(selfNs - e.probeNs() + e.selfWaitsNs()));
        }
        if (e != null) {
            wallIsLimit |= e.recursive();
            selfIsLimit |= e.recursive() || e.countedCallees() > 0;
        }
        add(Metric.CPU, m.cpu());
        add(Metric.CPU, m.cpuNs());
        Correction c = m.correction();
        if (c != null) {
            add(Metric.CORRECTED, c.corrected());
            add(Metric.CORRECTED, Long.valueOf(wallNs - c.stolenNs()));
            add(Metric.STOLEN, c.stolen());
            add(Metric.STOLEN, Long.valueOf(c.stolenNs()));
            least.add(or(c.correctedLeast(), c.corrected()));
            most.add(or(c.correctedMost(), c.corrected()));
            leastStolenNs += c.leastStolenNs();
            mostStolenNs += c.mostStolenNs();
        }
        Explanation explanation = m.explanation();
        if (explanation != null) {
            add(explanation.split(), m.wall().getTotalCount());
        }
    }

    /** Another stretch of the same method. */
    void add(Sample other) {
        calls += other.calls;
        other.times.forEach(this::add);
        other.sumsNs.forEach(this::add);
        least.add(other.least);
        most.add(other.most);
        leastStolenNs += other.leastStolenNs;
        mostStolenNs += other.mostStolenNs;
        other.partsNs.forEach((part, ns) -> partsNs.merge(part, ns, Long::sum));
        splitCalls += other.splitCalls;
        selfIsLimit |= other.selfIsLimit;
        wallIsLimit |= other.wallIsLimit;
    }

    private void add(WallSplit split, long calls) {
        for (Part part : Part.values()) {
            partsNs.merge(part, split.ns(part), Long::sum);
        }
        splitCalls += calls;
    }

    private void add(Metric metric, @Nullable AbstractHistogram h) {
        if (h != null && h.getTotalCount() > 0) {
            times.computeIfAbsent(metric, key -> new PackedHistogram(DIGITS)).add(h);
        }
    }

    private void add(Metric metric, @Nullable Long ns) {
        if (ns != null) {
            sumsNs.merge(metric, ns, Long::sum);
        }
    }

    private static AbstractHistogram or(@Nullable AbstractHistogram bound, AbstractHistogram itself) {
        return bound == null ? itself : bound;
    }

    /** Null where no call's time is known. */
    @Nullable
    PackedHistogram times(Metric metric) {
        return times.get(metric);
    }

    /** Null where it is unknown, or only a limit is known. */
    @Nullable
    Long sumNs(Metric metric) {
        boolean limit = metric == Metric.SELF ? selfIsLimit : metric == Metric.WALL && wallIsLimit;
        return limit ? null : sumsNs.get(metric);
    }

    boolean isLimit(Metric metric) {
        return sumNs(metric) == null && sumsNs.get(metric) != null;
    }

    /** How many calls the times are of, or stand for. */
    long measured() {
        PackedHistogram wall = times.get(Metric.WALL);
        return wall == null ? 0 : wall.getTotalCount();
    }

    long splitCalls() {
        return splitCalls;
    }

    long partNs(Part part) {
        return partsNs.getOrDefault(part, 0L);
    }

    /** The true sum of stolen time is not smaller. */
    long leastStolenNs() {
        return leastStolenNs;
    }

    /** And not larger. */
    long mostStolenNs() {
        return mostStolenNs;
    }
}
