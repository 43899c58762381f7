package io.vperf.record;

import io.vperf.steal.StealCounters;

/**
 * Counters that always answer the same.
 *
 * @param mostNs the most that can have been stolen
 * @param noneSeen whether they did not move
 */
record FixedCounters(long mostNs, boolean noneSeen) implements StealCounters {

    @Override
    public long mostStolenSinceNs(long fromNs) {
        return mostNs;
    }

    @Override
    public boolean noneStolenSince(long fromNs) {
        return noneSeen;
    }
}
