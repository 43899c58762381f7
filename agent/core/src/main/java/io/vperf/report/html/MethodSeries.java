package io.vperf.report.html;

import io.vperf.record.MethodInterval;
import org.HdrHistogram.AbstractHistogram;

/** One method's percentiles interval by interval. */
final class MethodSeries {

    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    final Series rawMedian;
    final Series rawTail;
    final Series correctedMedian;
    final Series correctedTail;

    MethodSeries(Grid grid) {
        rawMedian = new Series(grid);
        rawTail = new Series(grid);
        correctedMedian = new Series(grid);
        correctedTail = new Series(grid);
    }

    void add(long startMs, MethodInterval m) {
        add(startMs, m.wall(), rawMedian, rawTail);
        AbstractHistogram corrected = m.corrected();
        if (corrected != null) {
            add(startMs, corrected, correctedMedian, correctedTail);
        }
    }

    private static void add(long startMs, AbstractHistogram h, Series median, Series tail) {
        if (h.getTotalCount() > 0) {
            median.add(startMs, h.getValueAtPercentile(MEDIAN));
            tail.add(startMs, h.getValueAtPercentile(TAIL));
        }
    }
}
