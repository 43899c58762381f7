package io.vperf;

import io.vperf.clock.CallReadingCost;
import io.vperf.clock.CpuClock;
import io.vperf.clock.CpuClocks;
import io.vperf.clock.VcpuClock;
import io.vperf.clock.WallClock;
import io.vperf.clock.WallClocks;
import io.vperf.config.CpuSource;
import io.vperf.config.Options;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.Natives;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of this run, the best that work here, and what each costs.
 *
 * @param cpu tells the vCPU as well
 * @param names of the source of each reading, by "wall", "cpu", "vcpu"
 * @param cpuTime the source of CPU time, or why there is none
 * @param tried what became of each candidate that was looked at, by name
 * @param wallNs what a reading of wall time costs; empty where the start could not tell
 * @param callReading what is read at each end of a call; null where CPU time is unknown
 */
record Clocks(
        WallClock wall,
        CpuClock cpu,
        Map<String, String> names,
        Capability<String> cpuTime,
        Map<String, Capability<String>> tried,
        OptionalLong wallNs,
        @Nullable CallReadingCost callReading) {

    /**
     * Chooses.
     *
     * @param walls made some time ago
     */
    static Clocks choose(
            Options options,
            Capability<Natives> natives,
            WallClocks walls,
            Capability<String> counterGuarantee,
            Health health,
            Log log) {
        WallClocks.Choice choice = walls.choose(counterGuarantee, health, log);
        WallClock wall = choice.clock();
        VcpuClock vcpu = () -> VcpuClock.UNKNOWN;
        String vcpuName = "unknown";
        if (natives instanceof Capability.Available<Natives> available) {
            LibC libc = available.value().libc();
            vcpu = libc::sched_getcpu;
            vcpuName = "sched_getcpu";
        }
        CpuClocks candidates = new CpuClocks(wall, vcpu, natives, health);
        Capability<CpuClock> chosen = candidates.choose(options.cpuTime());
        CpuClock cpu = chosen instanceof Capability.Available<CpuClock> found ? found.value() : candidates.none();
        String cpuName = cpu.name();
        if (chosen instanceof Capability.Unavailable<CpuClock> not && options.cpuTime() != CpuSource.OFF) {
            cpuName = "unknown";
            if (options.cpuTime() != CpuSource.AUTO) { // else nobody asked, and the head says why
                log.info("cpu=" + options.cpuTime().name().toLowerCase(Locale.ROOT)
                        + ": CPU time is unknown in this run: " + not.reason()
                        + (not.remedy().isEmpty() ? "" : "; " + not.remedy()));
            }
        }
        Map<String, String> names = new LinkedHashMap<>();
        names.put("wall", choice.name());
        names.put("cpu", cpuName);
        names.put("vcpu", chosen instanceof Capability.Available ? vcpuName : cpuName); // without CPU time nobody asks
        Map<String, Capability<String>> tried = new LinkedHashMap<>();
        tried.put("wall clock time counter", choice.counter());
        candidates.tried().forEach((name, outcome) -> tried.put("CPU clock " + name, outcome));
        return new Clocks(
                wall,
                cpu,
                names,
                chosen.then(clock -> Capability.available(clock.name())),
                tried,
                choice.costNs(),
                chosen instanceof Capability.Available ? new CallReadingCost(wall, cpu) : null);
    }

    /** Whether wall time is that of CLOCK_MONOTONIC, as the kernel tells it. */
    boolean isWallMonotonic() {
        return "System.nanoTime".equals(names.get("wall"));
    }

    /** What readings cost on this machine, nanoseconds, if it is known. Takes some milliseconds. */
    Map<String, Long> costsNs() {
        Map<String, Long> costs = new LinkedHashMap<>();
        wallNs.ifPresent(ns -> costs.put("wall", ns));
        if (callReading != null) {
            callReading.ns().ifPresent(ns -> costs.put("wallAndCpu", ns));
            costs.put("cpuFromKernel", cpu.callNs());
        }
        return costs;
    }
}
