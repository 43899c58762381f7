package io.vperf.clock;

import io.vperf.shim.Capability;
import io.vperf.shim.SchedStat;
import io.vperf.shim.SchedStats;

/** Linux's own: {@link SchedStat}. */
record KernelWaitCounters(SchedStat stat) implements WaitCounters {

    record Source(SchedStats stats) implements WaitCounters.Source {

        @Override
        public Capability<WaitCounters> forThisThread() {
            return stats.open().then(stat -> Capability.available(new KernelWaitCounters(stat)));
        }
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
