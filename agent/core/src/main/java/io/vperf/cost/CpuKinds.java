package io.vperf.cost;

import io.vperf.clock.CpuClock;
import io.vperf.clock.CpuClocks;
import io.vperf.clock.VcpuClock;
import io.vperf.clock.WallClock;
import io.vperf.config.CpuSource;
import io.vperf.health.Health;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Every CPU clock that is asked for, made with the trials the agent makes, cheapest first. */
final class CpuKinds {

    private final Map<CpuSource, Capability<CpuClock>> clocks = new EnumMap<>(CpuSource.class);
    private final CpuClock none;

    CpuKinds(CpuSource wanted, WallClock wall, Capability<Natives> natives, Health health) {
        VcpuClock vcpu = natives instanceof Capability.Available<Natives> loaded
                ? loaded.value().libc()::sched_getcpu
                : () -> VcpuClock.UNKNOWN;
        CpuClocks candidates = new CpuClocks(wall, vcpu, natives, health);
        for (CpuSource kind : CpuSource.BY_COST) {
            if (wanted == CpuSource.AUTO || wanted == kind) {
                clocks.put(kind, candidates.choose(kind));
            }
        }
        none = candidates.none();
    }

    Map<CpuSource, Capability<CpuClock>> clocks() {
        return clocks;
    }

    /** Without CPU time. */
    CpuClock none() {
        return none;
    }

    /** The option's word with what stands behind it. */
    static String name(CpuSource kind) {
        String word = "cpu=" + kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case RSEQ, PERF -> word + " (no system call)";
            case SYSCALL -> word + " (clock_gettime)";
            case MXBEAN -> word + " (ThreadMXBean)";
            case AUTO, OFF -> word;
        };
    }
}
