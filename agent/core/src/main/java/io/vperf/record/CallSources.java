package io.vperf.record;

import io.vperf.clock.CpuClock;
import io.vperf.clock.WallClock;
import io.vperf.counters.CallCounters;

/** What a run reads at both ends of a measured call. */
public record CallSources(WallClock wall, CpuClock cpu, CallCounters counters) {

    /** Its times alone. */
    public CallSources(WallClock wall, CpuClock cpu) {
        this(wall, cpu, CallCounters.NONE);
    }
}
