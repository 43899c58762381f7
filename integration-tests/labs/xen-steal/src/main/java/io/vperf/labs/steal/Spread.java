package io.vperf.labs.steal;

/** Median and 99th percentile of the times of calls. */
record Spread(double medianMs, double p99Ms) {

    private static final double NS_PER_MS = 1e6;

    static Spread ofNs(long medianNs, long p99Ns) {
        return new Spread(medianNs / NS_PER_MS, p99Ns / NS_PER_MS);
    }
}
