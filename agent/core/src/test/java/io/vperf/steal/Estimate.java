package io.vperf.steal;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** One method's times as one way of correcting tells them: the sum of what was stolen, and the histogram of the rest. */
final class Estimate {

    /** Errors below 0.05 %. */
    private static final int DIGITS = 3;

    private final AbstractHistogram corrected;
    private long stolenNs;

    Estimate() {
        Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        corrected = histogram;
    }

    Estimate(AbstractHistogram corrected, long stolenNs) {
        this.corrected = corrected;
        this.stolenNs = stolenNs;
    }

    void add(long wallNs, long callStolenNs, boolean outermost) {
        corrected.recordValue(wallNs - callStolenNs);
        stolenNs += outermost ? callStolenNs : 0;
    }

    long calls() {
        return corrected.getTotalCount();
    }

    long stolenNs() {
        return stolenNs;
    }

    long percentileNs(double percentile) {
        return corrected.getValueAtPercentile(percentile);
    }

    /** By how much this is larger, as a part of the truth. */
    double percentileError(double percentile, Estimate truth) {
        long trueNs = truth.percentileNs(percentile);
        return (double) (percentileNs(percentile) - trueNs) / Math.max(1, trueNs);
    }

    double sumError(Estimate truth) {
        return truth.stolenNs == 0
                ? (stolenNs == 0 ? 0 : Double.POSITIVE_INFINITY)
                : (double) (stolenNs - truth.stolenNs) / truth.stolenNs;
    }
}
