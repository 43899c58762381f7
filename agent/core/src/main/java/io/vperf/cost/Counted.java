package io.vperf.cost;

import io.vperf.clock.ReadingCost.Readings;

/** Keeps count of what it has others make. */
final class Counted implements Readings {

    private final Readings readings;
    private long made;

    Counted(Readings readings) {
        this.readings = readings;
    }

    @Override
    public long make(int count) {
        made += count;
        return readings.make(count);
    }

    long made() {
        return made;
    }
}
