package io.vperf.record;

import java.util.Arrays;

/**
 * Shares a budget out: who costs less than an equal share keeps what it costs, and what that leaves goes to the others, in
 * equal parts (max-min fairness). So the methods that cost most are the ones that are cut. Pure.
 */
final class CostShares {

    private CostShares() {}

    /**
     * The most that one may cost; infinite if all of them together stay within the budget.
     *
     * @param costs not negative
     */
    static double most(double[] costs, double budget) {
        double[] sorted = costs.clone();
        Arrays.sort(sorted);
        double left = budget;
        for (int i = 0; i < sorted.length; i++) {
            double equal = left / (sorted.length - i);
            if (sorted[i] > equal) {
                return equal;
            }
            left -= sorted[i];
        }
        return Double.POSITIVE_INFINITY;
    }
}
