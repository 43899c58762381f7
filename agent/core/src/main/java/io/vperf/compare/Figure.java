package io.vperf.compare;

import io.vperf.report.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * One number of a method: "corrected-p99".
 *
 * @param what "mean", "sum", or a percentile's key as in {@link Amounts#percentiles}
 */
record Figure(Metric metric, String what) {

    static final String MEAN = "mean";
    static final String SUM = "sum";
    static final String MAX = "max";

    /** All there are. */
    static List<Figure> all() {
        List<Figure> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            all.add(new Figure(metric, SUM));
            all.add(new Figure(metric, MEAN));
            if (metric != Metric.SELF) {
                Amounts.percentiles().keySet().forEach(key -> all.add(new Figure(metric, key)));
            }
        }
        return all;
    }

    String key() {
        return metric.key() + "-" + what;
    }

    boolean isPercentile() {
        return Amounts.percentiles().containsKey(what);
    }

    /** The maximum is one call's: intervals say nothing of what another would have been. */
    boolean hasNoise() {
        return !what.equals(MAX);
    }

    /** Nanoseconds; null where unknown. */
    @Nullable
    Double of(Sample s) {
        PackedHistogram times = s.times(metric);
        Long sumNs = s.sumNs(metric);
        if (what.equals(SUM)) {
            return sumNs == null ? null : Double.valueOf(sumNs);
        }
        if (what.equals(MEAN) && metric == Metric.SELF) {
            return sumNs == null || s.measured() == 0 ? null : Double.valueOf((double) sumNs / s.measured());
        }
        return times == null ? null : Double.valueOf(of(times));
    }

    double of(PackedHistogram times) {
        return what.equals(MEAN) ? times.getMean() : times.getValueAtPercentile(percentile());
    }

    private double percentile() {
        Map<String, Double> percentiles = Amounts.percentiles();
        Double percentile = percentiles.get(what);
        if (percentile == null) {
            throw new IllegalStateException(what + " is no percentile");
        }
        return percentile;
    }
}
