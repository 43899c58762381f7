package io.vperf.explain;

/**
 * Which calls are kept whole.
 *
 * @param slowest how many of each method in each interval
 * @param thresholdNs calls this long are kept too, up to {@link #MOST_OVER_THRESHOLD}; {@link Long#MAX_VALUE} for none
 */
public record SlowRule(int slowest, long thresholdNs) {

    public static final SlowRule NONE = new SlowRule(0, Long.MAX_VALUE);

    /** Of each method in each interval: when everything is slow, some hundred calls tell as much as all. */
    public static final int MOST_OVER_THRESHOLD = 100;

    /** Whether any call is. */
    public boolean isAny() {
        return slowest > 0 || thresholdNs != Long.MAX_VALUE;
    }
}
