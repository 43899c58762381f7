package io.vperf.clock;

import io.vperf.clock.ReadingCost.Readings;
import io.vperf.config.CpuSource;
import io.vperf.health.Health;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.PerfPages;
import io.vperf.shim.Rseq;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the CPU clock: the cheapest that works here, or the one that is asked for and no other. Used once, at the start
 * of a run.
 */
public final class CpuClocks {

    private static final long QUIET_NS = 2_000_000;
    private static final long MOST_NS = 3_000_000;

    /** HotSpot compiles what was called as often as this (Tier3InvocationThreshold is 200), while the trial waits. */
    private static final int WARM_UP = 300;

    private final WallClock wall;
    private final VcpuClock vcpus;
    private final Capability<Natives> natives;
    private final Health health;
    private final Function<SwitchSign.Source, Capability<String>> trial;
    private final Map<String, Capability<String>> tried = new LinkedHashMap<>();

    public CpuClocks(WallClock wall, VcpuClock vcpus, Capability<Natives> natives, Health health) {
        this(wall, vcpus, natives, health, source -> natives.then(loaded -> new SwitchTrial(loaded).run(source)));
    }

    CpuClocks(
            WallClock wall,
            VcpuClock vcpus,
            Capability<Natives> natives,
            Health health,
            Function<SwitchSign.Source, Capability<String>> trial) {
        this.wall = wall;
        this.vcpus = vcpus;
        this.natives = natives;
        this.health = health;
        this.trial = trial;
    }

    /** Tries what may be used, cheapest first; takes some 30 ms where the first one works. */
    public Capability<CpuClock> choose(CpuSource wanted) {
        Capability<CpuClock> answer = Capability.unavailable("switched off by cpu=off", "remove cpu=off");
        for (CpuSource kind : wanted == CpuSource.AUTO ? CpuSource.BY_COST : List.of(wanted)) {
            answer = candidate(kind);
            if (answer instanceof Capability.Available) {
                break;
            }
        }
        return answer;
    }

    /** What became of each candidate that was tried, by name, in this order. */
    public Map<String, Capability<String>> tried() {
        return tried;
    }

    /** CPU time is unknown. Nor is the vCPU told: without CPU time no steal is attributed, and nobody asks for it. */
    public CpuClock none() {
        return new CpuClock("off", wall, () -> VcpuClock.UNKNOWN, null, null, null, CpuClock.Limits.of(0), health);
    }

    private Capability<CpuClock> candidate(CpuSource kind) {
        if (natives instanceof Capability.Unavailable<Natives> none && kind.needsNativeCode()) {
            tried.put(kind.name().toLowerCase(Locale.ROOT), Capability.unavailable(none.reason(), none.remedy()));
        }
        return switch (kind) {
            case RSEQ -> rseq();
            case PERF -> natives.then(n -> watched("perf page", perf(PerfPages.of(n)), n));
            case SYSCALL -> natives.then(n -> plain(new SystemCallCpuTime(n)));
            case MXBEAN -> mxBean();
            case AUTO, OFF -> Capability.unavailable("switched off by cpu=off", "remove cpu=off");
        };
    }

    /** Where the kernel goes by the newer rules, the original size of the area asks for the older ones. */
    private Capability<CpuClock> rseq() {
        return natives.then(n -> {
            Capability<Rseq> rseq = n.rseq();
            Capability<CpuClock> asFound = watched("rseq", () -> rseq.then(r -> sign(r, r.area())), n);
            return asFound instanceof Capability.Available
                    ? asFound
                    : watched("rseq, registered anew", () -> rseq.then(r -> sign(r, r.areaOfOriginalSize())), n);
        });
    }

    private static Capability<SwitchSign> sign(Rseq rseq, Capability<Rseq.Area> area) {
        return area.then(found -> Capability.available(SwitchSign.of(found, rseq.descriptor())));
    }

    private static SwitchSign.Source perf(PerfPages pages) {
        return () -> pages.open().then(page -> Capability.available(SwitchSign.of(page)));
    }

    private Capability<CpuClock> watched(String name, SwitchSign.Source signs, Natives loaded) {
        SystemCallCpuTime time = new SystemCallCpuTime(loaded);
        CpuTime here = time.forThisThread();
        ReadingCost.batchNs(kernel(here), WARM_UP);
        here.close();
        Capability<String> outcome = trial.apply(signs);
        tried.put(name, outcome);
        return outcome.then(seen -> Capability.available(clock(name, time, signs)));
    }

    private Capability<CpuClock> plain(CpuTime.Source time) {
        tried.put(time.name(), Capability.available("asks the kernel at every reading"));
        return Capability.available(clock(time.name(), time, null));
    }

    private Capability<CpuClock> mxBean() {
        Capability<CpuTime.Source> bean;
        try {
            MxBeanCpuTime found = new MxBeanCpuTime();
            bean = found.isSupported()
                    ? Capability.available(found)
                    : Capability.unavailable("this JVM's ThreadMXBean does not tell it", "");
        } catch (NoClassDefFoundError e) {
            bean = Capability.unavailable(
                    "the module java.management is not in this JVM",
                    "--add-modules java.management, at jlink or at start");
        }
        return bean.then(this::plain);
    }

    private CpuClock clock(String name, CpuTime.Source time, SwitchSign.@Nullable Source signs) {
        CpuTime here = time.forThisThread();
        long callNs = Math.round(ReadingCost.fastestNs(QUIET_NS, MOST_NS, kernel(here)));
        here.close();
        WaitSources waits =
                natives instanceof Capability.Available<Natives> loaded ? WaitSources.of(loaded.value(), health) : null;
        return new CpuClock(name, wall, vcpus, time, signs, waits, CpuClock.Limits.of(callNs), health);
    }

    private static Readings kernel(CpuTime time) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += time.nowNs();
            }
            return sum;
        };
    }
}
