package io.vperf;

import io.vperf.clock.CpuClock;
import io.vperf.clock.MxBeanCpuClock;
import io.vperf.clock.NoCpuClock;
import io.vperf.clock.SystemCallCpuClock;
import io.vperf.clock.VcpuClock;
import io.vperf.clock.WallClock;
import io.vperf.config.Options;
import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.Natives;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The clocks of this run, the best that work here, and what each costs.
 *
 * @param vcpu answers {@link VcpuClock#UNKNOWN} where the vCPU cannot be told
 * @param names of the source of each reading, by "wall", "cpu", "vcpu"
 * @param cpuTime the source of CPU time, or why there is none
 */
record Clocks(WallClock wall, CpuClock cpu, VcpuClock vcpu, Map<String, String> names, Capability<String> cpuTime) {

    private static final long BUDGET_NS = 4_000_000;
    private static final int READINGS = 10;

    static Clocks choose(Options options, Capability<Natives> natives) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("wall", "System.nanoTime");
        VcpuClock vcpu = () -> VcpuClock.UNKNOWN;
        String vcpuName = "unknown";
        if (natives instanceof Capability.Available<Natives> available) {
            LibC libc = available.value().libc();
            vcpu = libc::sched_getcpu;
            vcpuName = "sched_getcpu";
        }
        Capability<CpuClock> cpuTime = cpuTime(options, natives);
        CpuClock cpu = cpuTime instanceof Capability.Available<CpuClock> found ? found.value() : new NoCpuClock();
        names.put("cpu", cpu.name());
        names.put("vcpu", vcpuName);
        return new Clocks(
                System::nanoTime, cpu, vcpu, names, cpuTime.then(clock -> Capability.available(clock.name())));
    }

    private static Capability<CpuClock> cpuTime(Options options, Capability<Natives> natives) {
        if (!options.cpuTime()) {
            return Capability.unavailable("switched off by cpu=off", "remove cpu=off");
        }
        if (natives instanceof Capability.Available<Natives> available) {
            return Capability.available(new SystemCallCpuClock(available.value()));
        }
        try {
            MxBeanCpuClock bean = new MxBeanCpuClock();
            return bean.isSupported()
                    ? Capability.available(bean)
                    : Capability.unavailable("this JVM's ThreadMXBean does not tell it", "");
        } catch (NoClassDefFoundError e) {
            return Capability.unavailable(
                    "there is no native code, and the module java.management is not in this JVM",
                    "--add-modules java.management, at jlink or at start");
        }
    }

    /** What each reading costs in nanoseconds, measured now on this thread; 12 ms in all. */
    Map<String, Long> costsNs() {
        Map<String, Long> costs = new LinkedHashMap<>();
        costs.put("wall", costNs(wall::nowNs));
        if (cpuTime instanceof Capability.Available<String>) {
            costs.put("cpu", costNs(cpu.newReader()::nowNs));
        }
        if (vcpu.current() != VcpuClock.UNKNOWN) {
            costs.put("vcpu", costNs(vcpu::current));
        }
        return costs;
    }

    /** The fastest of many short batches: the one that ran compiled and undisturbed. */
    private static long costNs(Runnable reading) {
        long fastestNs = Long.MAX_VALUE;
        long beginNs = System.nanoTime();
        for (long nowNs = beginNs; nowNs - beginNs < BUDGET_NS; ) {
            for (int i = 0; i < READINGS; i++) {
                reading.run();
            }
            long endNs = System.nanoTime();
            fastestNs = Math.min(fastestNs, endNs - nowNs);
            nowNs = endNs;
        }
        return fastestNs / READINGS;
    }
}
