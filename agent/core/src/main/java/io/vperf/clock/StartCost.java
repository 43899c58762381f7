package io.vperf.clock;

import io.vperf.clock.ReadingCost.Readings;
import java.util.OptionalLong;

/**
 * What readings cost, as it can be told in the few milliseconds of a start, in which HotSpot compiles them or does not. Short
 * rounds of all kinds in turns, so that all see the same machine; of each round the fastest batch counts, and a round whose
 * batches differ as they do when the thread was switched out, stolen from or interrupted in it does not count at all. Made and
 * used by one thread.
 */
final class StartCost {

    private static final int PER_BATCH = 50;
    private static final int BATCHES = 3;

    /** A batch this much longer than the fastest of its round was disturbed. */
    private static final double DISTURBED = 3;

    /** Together more calls than Tier4MinInvocationThreshold, 600, and turns than Tier4CompileThreshold, 15,000, ask for. */
    private static final int QUIET_ROUNDS = 200;

    private static final long QUIET_NS = 1_500_000;

    private final Settling settling;
    private boolean settled;

    StartCost(int kinds) {
        settling = new Settling(kinds, QUIET_NS, QUIET_ROUNDS);
    }

    /**
     * Measures until all have settled. To be called once more after a while where they have not: HotSpot compiles meanwhile.
     *
     * @param mostNs ends after so long in any case
     * @param kinds the same each time
     */
    void measure(long mostNs, Readings... kinds) {
        double[] costsNs = new double[kinds.length];
        long beginNs = System.nanoTime();
        long nowNs = beginNs;
        while (!settled && nowNs - beginNs < mostNs) {
            boolean undisturbed = true;
            for (int kind = 0; kind < kinds.length; kind++) {
                undisturbed &= round(kinds[kind], costsNs, kind);
            }
            nowNs = System.nanoTime();
            if (undisturbed) {
                settling.add(costsNs, nowNs);
                settled = settling.isSettled(nowNs);
            }
        }
    }

    /** Whether nothing disturbed it. */
    private static boolean round(Readings readings, double[] costsNs, int kind) {
        long fastestNs = Long.MAX_VALUE;
        long slowestNs = 0;
        for (int i = 0; i < BATCHES; i++) {
            long ns = ReadingCost.batchNs(readings, PER_BATCH);
            fastestNs = Math.min(fastestNs, ns);
            slowestNs = Math.max(slowestNs, ns);
        }
        costsNs[kind] = (double) fastestNs / PER_BATCH;
        return slowestNs <= fastestNs * DISTURBED;
    }

    /** Whether the figures are those of compiled code on a machine that kept its pace. */
    boolean isSettled() {
        return settled;
    }

    /** Of a kind of readings, by its place among them. */
    double ns(int kind) {
        return settling.costNs(kind);
    }

    /** The same for a person; empty if it has not settled. */
    OptionalLong roundedNs(int kind) {
        return settled ? OptionalLong.of(Math.round(ns(kind))) : OptionalLong.empty();
    }

    /** One kind's cost by another's. */
    double ratio(int kind, int other) {
        return settling.ratio(kind, other);
    }
}
