package io.vperf.record;

/**
 * Sets how many calls of each method are measured: at the end of each interval by what it showed, and within it as soon as it
 * turns out that more has to be left out. The dumper's own.
 */
final class BudgetKeeper {

    /** A method that has become quiet is measured at most four times as often from one interval to the next: it may return. */
    private static final int MOST_STEPS_DOWN = 2;

    /** What comes in a burst is no reason to cut anything while the interval has cost less than a second allows for. */
    private static final long BURST_NS = 1_000_000_000;

    private final Budget budget;
    private final CallSampling sampling;
    private final MethodTable methods;

    private long beganNs;
    private long cpuBeforeNs;

    BudgetKeeper(Budget budget, CallSampling sampling, MethodTable methods, long nowNs) {
        this.budget = budget;
        this.sampling = sampling;
        this.methods = methods;
        this.beganNs = nowNs;
        this.cpuBeforeNs = budget.processCpuNs().getAsLong();
    }

    /**
     * Has fewer calls measured if the interval so far costs too much.
     *
     * @param calls of each method in the interval so far, exact
     */
    void watch(long[] calls, long nowNs) {
        double allowedNs = budget.allowedNs(
                nowNs - beganNs, cpuBeforeNs, budget.processCpuNs().getAsLong());
        int[] least = log2s(calls, Math.max(allowedNs, budget.shareNs(BURST_NS)));
        int[] next = new int[calls.length];
        boolean more = false;
        for (int id = 0; id < next.length; id++) {
            int now = CallSampling.log2(sampling.rule(id));
            next[id] = Math.max(least[id], now);
            more |= next[id] > now;
        }
        if (more) {
            set(next);
        }
    }

    /**
     * Ends the interval.
     *
     * @param calls of each method in it, exact
     */
    void endInterval(long[] calls, long nowNs) {
        long cpuNs = budget.processCpuNs().getAsLong();
        double allowedNs = budget.allowedNs(nowNs - beganNs, cpuBeforeNs, cpuNs);
        beganNs = nowNs;
        cpuBeforeNs = cpuNs;
        int[] least = log2s(calls, allowedNs);
        // Twice as sparse as needed is left as it is, lest every other interval has another factor.
        int[] most = log2s(calls, allowedNs / 2);
        int[] next = new int[calls.length];
        for (int id = 0; id < next.length; id++) {
            int now = CallSampling.log2(sampling.rule(id));
            next[id] = Math.max(least[id], Math.min(now, Math.max(most[id], now - MOST_STEPS_DOWN)));
        }
        set(next);
    }

    private void set(int[] log2s) {
        for (int id = 0; id < log2s.length; id++) {
            MethodStats stats = methods.get(id);
            stats.lock.lock();
            try {
                stats.setSamplingFactor(1 << log2s[id]);
            } finally {
                stats.lock.held = false;
                stats.lock.wake();
            }
        }
        sampling.set(log2s);
    }

    /** Log2 of the factors that would have kept the interval's cost within the budget. */
    private int[] log2s(long[] calls, double allowedNs) {
        double[] costs = new double[calls.length];
        for (int id = 0; id < costs.length; id++) {
            costs[id] = (double) calls[id] * budget.callNs();
        }
        double mostNs = CostShares.most(costs, allowedNs);
        int[] log2s = new int[calls.length];
        for (int id = 0; id < log2s.length; id++) {
            if (costs[id] > mostNs) {
                log2s[id] = log2(calls[id] * ((double) budget.callNs() + budget.drawnNs()) / mostNs);
            }
        }
        return log2s;
    }

    /** Of the next power of two, within bounds. */
    private static int log2(double factor) {
        int log2 = 1;
        while (log2 < CallSampling.MOST_LOG2 && (1L << log2) < factor) {
            log2++;
        }
        return log2;
    }
}
