package io.vperf.clock;

import java.util.Arrays;

/**
 * Tells from rounds of measurements when what several kinds of readings cost has come to rest. At a start it falls in steps,
 * from interpreted to compiled for good, and when the compiler gets to it nobody says: on a busy machine that takes tens of
 * milliseconds, in which the figures are as steady as they are wrong. So rest alone proves nothing; it must follow on a fall.
 * Pure.
 */
final class Settling {

    /** Of so many rounds it cannot have been compiled yet: Tier3MinInvocationThreshold is 100, and a round has fewer. */
    static final int INTERPRETED_ROUNDS = 8;

    /** The figures are medians over the last rounds. */
    static final int WINDOW = 65;

    /** Rounds within so much of each other are alike. */
    private static final double ALIKE = 0.1;

    /** What interpreting costs beside the reading itself is more than this, or than a fifth of both. */
    private static final double LEAST_FALL_NS = 10;

    private static final double LEAST_FALL = 0.2;

    private final int kinds;
    private final long quietNs;
    private final int quietRounds;

    /** By kind; the lowest of the first rounds, and of all. */
    private final double[] firstNs;

    private final double[] lowestNs;

    /** By kind, the last rounds in a circle. */
    private final double[][] lastNs;

    private int rounds;
    private int lastFallRound;
    private long lastFallNs;

    /**
     * Begins.
     *
     * @param quietNs nothing may have fallen for so long
     * @param quietRounds nor in so many rounds
     */
    Settling(int kinds, long quietNs, int quietRounds) {
        this.kinds = kinds;
        this.quietNs = quietNs;
        this.quietRounds = Math.max(quietRounds, WINDOW);
        firstNs = new double[kinds];
        lowestNs = new double[kinds];
        Arrays.fill(firstNs, Double.POSITIVE_INFINITY);
        Arrays.fill(lowestNs, Double.POSITIVE_INFINITY);
        lastNs = new double[kinds][WINDOW];
    }

    /**
     * Adds a round that nothing has disturbed.
     *
     * @param costsNs of a reading, by kind
     */
    void add(double[] costsNs, long nowNs) {
        for (int kind = 0; kind < kinds; kind++) {
            double costNs = costsNs[kind];
            if (rounds < INTERPRETED_ROUNDS) {
                firstNs[kind] = Math.min(firstNs[kind], costNs);
            }
            if (rounds == 0 || costNs < lowestNs[kind] * (1 - ALIKE)) {
                lastFallRound = rounds;
                lastFallNs = nowNs;
            }
            lowestNs[kind] = Math.min(lowestNs[kind], costNs);
            lastNs[kind][rounds % WINDOW] = costNs;
        }
        rounds++;
    }

    /** Whether all have fallen and then stayed where they are. */
    boolean isSettled(long nowNs) {
        if (rounds - lastFallRound < quietRounds || nowNs - lastFallNs < quietNs) {
            return false;
        }
        for (int kind = 0; kind < kinds; kind++) {
            double costNs = costNs(kind);
            boolean fallen = costNs <= firstNs[kind] - LEAST_FALL_NS || costNs <= firstNs[kind] * (1 - LEAST_FALL);
            if (!fallen || costNs > lowestNs[kind] * (1 + ALIKE)) {
                return false;
            }
        }
        return true;
    }

    /** The median over the last rounds; of some there must have been. */
    double costNs(int kind) {
        return median(lastNs[kind].clone());
    }

    /** What one kind costs by what another does, the median over the last rounds, each compared within itself. */
    double ratio(int kind, int other) {
        double[] ratios = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            ratios[i] = lastNs[kind][i] / lastNs[other][i];
        }
        return median(ratios);
    }

    private double median(double[] values) {
        int filled = Math.min(rounds, WINDOW);
        Arrays.sort(values, 0, filled);
        return values[filled / 2];
    }
}
