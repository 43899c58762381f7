package io.vperf.report.html;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/** A histogram's percentiles, evenly spread over the nines, in one walk: asking for each by itself walks each time. */
final class Curve {

    /** Per halving of the calls above. */
    private static final double STEPS = 4;

    private Curve() {}

    /**
     * Codes of the values below which all but 2^(−i/4) of the calls are, i = 0, 1, …, as long as there is a call above; the last one is
     * the maximum.
     */
    static char[] of(AbstractHistogram h) {
        List<Long> values = new ArrayList<>();
        long total = h.getTotalCount();
        long needed = needed(total, 0);
        for (HistogramIterationValue v : h.recordedValues()) {
            while (needed < total && v.getTotalCountToThisValue() >= needed) {
                values.add(h.highestEquivalentValue(v.getValueIteratedTo()));
                needed = needed(total, values.size());
            }
        }
        values.add(h.getMaxValue());
        char[] codes = new char[values.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Codes.of(values.get(i));
        }
        return codes;
    }

    private static long needed(long total, int step) {
        return Math.max(1, (long) Math.ceil(total * (1 - Math.pow(2, -step / STEPS))));
    }
}
