package io.vperf.clock;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.SchedStat;
import io.vperf.shim.SchedStats;

/** Linux's own: {@link SchedStat}. */
record KernelWaitCounters(SchedStat stat) implements WaitCounters {

    /** A file descriptor each. Threads beyond them go without. */
    private static final int MOST_THREADS = 1024;

    static Source of(Natives natives) {
        SchedStats stats = new SchedStats(natives, MOST_THREADS);
        return () -> stats.open().then(stat -> Capability.available(new KernelWaitCounters(stat)));
    }

    @Override
    public long runDelayNs() {
        return stat.runDelayNs();
    }

    @Override
    public long voluntarySwitches() {
        return stat.voluntarySwitches();
    }

    @Override
    public void close() {
        stat.close();
    }
}
