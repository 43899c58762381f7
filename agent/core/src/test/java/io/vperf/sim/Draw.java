package io.vperf.sim;

import java.util.SplittableRandom;

/** A distribution of lengths in nanoseconds, none of them negative. */
@FunctionalInterface
public interface Draw {

    long next(SplittableRandom random);

    static Draw always(long ns) {
        return random -> ns;
    }

    static Draw uniform(long fromNs, long toNs) {
        return random -> fromNs + random.nextLong(toNs - fromNs + 1);
    }

    static Draw exponential(long meanNs) {
        return random -> (long) (-meanNs * Math.log(1 - random.nextDouble()));
    }

    /**
     * Heavy-tailed, cut off.
     *
     * @param shape below 2 the variance of the uncut distribution is infinite
     */
    static Draw pareto(long leastNs, double shape, long mostNs) {
        return random -> (long) Math.min((double) mostNs, leastNs * Math.pow(1 - random.nextDouble(), -1 / shape));
    }

    /** One of two, the rare one with this probability. */
    static Draw sometimes(double probability, Draw rare, Draw usual) {
        return random -> random.nextDouble() < probability ? rare.next(random) : usual.next(random);
    }

    /** The mean of many draws, for what follows from it. */
    default double meanNs() {
        SplittableRandom random = new SplittableRandom(1);
        double sumNs = 0;
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            sumNs += next(random);
        }
        return sumNs / draws;
    }
}
