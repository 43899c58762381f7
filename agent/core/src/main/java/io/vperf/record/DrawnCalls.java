package io.vperf.record;

/**
 * Adds up, for one method and interval, what is to be known of calls that were drawn or that made calls which were only
 * counted. Guarded by the lock of its {@link MethodStats}.
 */
final class DrawnCalls {

    private long drawn;
    private boolean cpuKnown;
    private long countedCallees;
    private long probeNs;

    // Variances of sums, in square nanoseconds.
    private double wall;
    private double self;
    private double cpu;

    // For how long the calls ran that the drawn ones stand for: in all, and without their callees.
    private double ranNs;
    private double selfRanNs;

    /**
     * Adds a call.
     *
     * @param controlNs the time between two readings of this probe with nothing in between; means nothing if it was not drawn
     */
    void add(long word, long wallNs, long cpuNs, long selfNs, long controlNs, long callees) {
        long weight = CallWords.weight(word);
        countedCallees += callees * weight;
        if (weight == 1) {
            return;
        }
        drawn++;
        probeNs += controlNs * weight;
        wall += variance(weight, wallNs - controlNs);
        self += variance(weight, selfNs - controlNs);
        if (!CallWords.is(word, CallWords.CPU_UNKNOWN)) {
            cpuKnown = true;
            cpu += variance(weight, cpuNs - controlNs);
            long ownNs = Math.max(0, cpuNs - controlNs);
            ranNs += CallWords.is(word, CallWords.OUTERMOST) ? (double) weight * ownNs : 0;
            selfRanNs += (double) weight * Math.max(0, ownNs - (wallNs - selfNs));
        }
    }

    /**
     * Of a sum over calls each drawn with the probability p = 1/weight: the sum over those that were of (1 − p) / p² × y²
     * (Horvitz and Thompson, "A generalization of sampling without replacement", for independent draws).
     */
    static double variance(long weight, long y) {
        return weight * (weight - 1.0) * y * y;
    }

    /**
     * What is known by now.
     *
     * @param waitsShare see {@link RehearsalWaits#takeShare}
     */
    Estimate take(boolean recursive, double waitsShare) {
        return new Estimate(
                countedCallees,
                drawn,
                probeNs,
                Math.round(ranNs * waitsShare),
                Math.round(selfRanNs * waitsShare),
                error(wall),
                error(self),
                cpuKnown ? error(cpu) : null,
                drawn > 0 && recursive);
    }

    private static long error(double variance) {
        return Math.round(Math.sqrt(variance));
    }
}
