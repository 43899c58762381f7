package io.vperf;

import io.vperf.clock.ClockReadings;
import io.vperf.clock.CpuClock;
import io.vperf.clock.CpuClocks;
import io.vperf.clock.ReadingCost;
import io.vperf.clock.ThreadClock;
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

/**
 * The clocks of this run, the best that work here, and what each costs.
 *
 * @param cpu tells the vCPU as well
 * @param names of the source of each reading, by "wall", "cpu", "vcpu"
 * @param cpuTime the source of CPU time, or why there is none
 * @param tried what became of each candidate that was looked at, by name
 * @param costsNs what each reading costs on this machine, nanoseconds
 */
record Clocks(
        WallClock wall,
        CpuClock cpu,
        Map<String, String> names,
        Capability<String> cpuTime,
        Map<String, Capability<String>> tried,
        Map<String, Long> costsNs) {

    static Clocks choose(
            Options options, Capability<Natives> natives, Capability<String> counterGuarantee, Health health, Log log) {
        WallClocks.Choice choice = WallClocks.choose(options.wall(), natives, counterGuarantee, health, log);
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
                costs(wall, cpu, chosen instanceof Capability.Available));
    }

    private static Map<String, Long> costs(WallClock wall, CpuClock cpu, boolean cpuKnown) {
        Map<String, Long> costs = new LinkedHashMap<>();
        costs.put("wall", ReadingCost.fastestNs(ClockReadings.wall(wall)));
        ThreadClock clock = cpu.forThisThread();
        if (cpuKnown) {
            costs.put("wallAndCpu", ReadingCost.fastestNs(ClockReadings.wallAndCpu(wall, clock)));
            costs.put("cpuFromKernel", cpu.callNs());
        }
        clock.close();
        return costs;
    }
}
