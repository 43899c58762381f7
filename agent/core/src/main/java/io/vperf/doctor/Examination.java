package io.vperf.doctor;

import io.vperf.Cpuids;
import io.vperf.NativeCode;
import io.vperf.UsableSteal;
import io.vperf.clock.ClockReadings;
import io.vperf.clock.CpuClock;
import io.vperf.clock.CpuClocks;
import io.vperf.clock.ReadingCost;
import io.vperf.clock.ReadingCost.Readings;
import io.vperf.clock.ThreadClock;
import io.vperf.clock.VcpuClock;
import io.vperf.config.CounterWay;
import io.vperf.config.Options;
import io.vperf.container.Confinement;
import io.vperf.counters.CounterChoice;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.linux.CpuTicks;
import io.vperf.linux.ProcStat;
import io.vperf.network.Network;
import io.vperf.platform.ClockQuality;
import io.vperf.platform.ClockSource;
import io.vperf.platform.KernelKind;
import io.vperf.platform.KernelKindVerdict;
import io.vperf.platform.Platform;
import io.vperf.platform.StealSource;
import io.vperf.platform.VirtualSystem;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.PtpClocks;
import io.vperf.vmware.Vmware;
import io.vperf.vmware.VmwareCpuid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at this machine as the agent would, with the trials it makes; on the calling thread, within a second. */
public final class Examination {

    static final String WALL = "wall time";
    static final String CPU = "CPU time";
    static final String STEAL = "steal";
    static final String DUMP = "dump folder";

    private static final long QUIET_NS = 1_000_000;
    private static final long MOST_NS = 20_000_000;

    /** One of each kind, and for each side of the system call. */
    private static final List<String> EVENTS =
            List.of("instructions", "cycles", "cache-misses", "branch-misses", "page-faults", "context-switches");

    private final Path root;
    private final Options options;
    private final Health health = new Health(new Log(Log.stderr(), Log.Level.OFF));
    private final Capability<Natives> natives;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Double> costsNs = new LinkedHashMap<>();

    private Examination(Path root, Options options) {
        this.root = root;
        this.options = options;
        this.natives = NativeCode.load(options);
    }

    /**
     * Examines.
     *
     * @param root where the file system begins
     * @param options as the agent would be given
     */
    public static Diagnosis run(Path root, Options options) {
        return new Examination(root, options).run();
    }

    private Diagnosis run() {
        Platform platform = Platform.read(root, Cpuids.reader(natives), System.getenv());
        VirtualSystem system = VirtualSystem.read(root, Cpuids.reader(natives));
        Confinement confinement = Confinement.ofSelf(root, Runtime.getRuntime().availableProcessors());
        wall(system);
        Capability<CpuClock> cpu = cpu();
        steal(platform, cpu);
        findings.add(DumpFolder.examine(options, platform.host().name()));
        findings.add(Finding.of("native code", natives, Verdict.LIMITED, loaded -> "loaded"));
        findings.add(Finding.of(
                "C shim",
                natives.then(Natives::shim),
                Verdict.LIMITED,
                shim -> "loaded: CPUID, time counter, counters"));
        counters();
        if (system.monitor() instanceof Capability.Unavailable<String> unknown
                && !unknown.remedy().isEmpty()) {
            findings.add(Finding.limited("monitor", unknown.reason(), unknown.remedy()));
        }
        around();
        findings.addAll(ConfinementFindings.of(confinement));
        List<Fact> machine = new ArrayList<>(MachineFacts.of(platform, system));
        machine.addAll(ConfinementFacts.of(confinement));
        return new Diagnosis(machine, findings, costsNs, true);
    }

    private double cost(String name, Readings readings) {
        double ns = ReadingCost.fastestNs(QUIET_NS, MOST_NS, readings);
        costsNs.put(name, ns);
        return ns;
    }

    private void wall(VirtualSystem system) {
        double ns = cost("wall time", ClockReadings.wall(System::nanoTime));
        String reading = "System.nanoTime, " + Math.round(ns) + " ns";
        if (system.clockSource() instanceof Capability.Available<ClockSource> source
                && source.value().quality() instanceof Capability.Available<ClockQuality> quality) {
            String detail = reading + "; " + source.value().current() + ": "
                    + quality.value().sentence();
            findings.add(
                    quality.value().good()
                            ? Finding.ok(WALL, detail)
                            : Finding.limited(WALL, detail, otherClocks(source.value())));
        } else {
            findings.add(Finding.ok(WALL, reading));
        }
    }

    private static String otherClocks(ClockSource source) {
        List<String> others = source.available() instanceof Capability.Available<List<String>> all
                ? all.value().stream()
                        .filter(name -> !name.equals(source.current()))
                        .toList()
                : List.of();
        return others.isEmpty()
                ? ""
                : "Try another: " + String.join(", ", others)
                        + ", by /sys/devices/system/clocksource/clocksource0/current_clocksource.";
    }

    private Capability<CpuClock> cpu() {
        VcpuClock vcpu = natives instanceof Capability.Available<Natives> loaded
                ? loaded.value().libc()::sched_getcpu
                : () -> VcpuClock.UNKNOWN;
        CpuClocks clocks = new CpuClocks(System::nanoTime, vcpu, natives, health);
        Capability<CpuClock> chosen = clocks.choose(options.cpuTime());
        if (chosen instanceof Capability.Unavailable<CpuClock> none) {
            findings.add(new Finding(CPU, Verdict.IMPOSSIBLE, none.reason(), none.remedy()));
            return chosen;
        }
        CpuClock clock = ((Capability.Available<CpuClock>) chosen).value();
        ThreadClock ofThisThread = clock.forThisThread();
        double ns = cost("wall and CPU time", ClockReadings.wallAndCpu(System::nanoTime, ofThisThread));
        cost("asking the kernel anew", ClockReadings.renewal(ofThisThread));
        ofThisThread.close();
        String reading = clock.name() + ", " + Math.round(ns) + " ns with the wall time";
        List<String> refused = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        clocks.tried().forEach((name, outcome) -> {
            if (outcome instanceof Capability.Unavailable<String> not) {
                refused.add(name + ": " + not.reason());
                remedies.add(not.remedy());
            }
        });
        findings.add(
                clock.isWithoutSystemCall()
                        ? Finding.ok(CPU, reading + ", no system call")
                        : Finding.limited(
                                CPU,
                                reading + ", a system call at each end of a call"
                                        + (refused.isEmpty() ? "" : "; " + String.join("; ", refused)),
                                remedies.stream()
                                        .filter(remedy -> !remedy.isEmpty())
                                        .findFirst()
                                        .orElse("")));
        return chosen;
    }

    private void steal(Platform platform, Capability<CpuClock> cpu) {
        StealSource source = UsableSteal.of(natives, cpu, platform);
        findings.add(
                Finding.of(STEAL, source.source(), source.provable() ? Verdict.LIMITED : Verdict.IMPOSSIBLE, by -> by));
        KernelKindVerdict kind = platform.kernelKind();
        String reasons = kind.kind().name().toLowerCase(Locale.ROOT) + ": " + String.join("; ", kind.reasons());
        findings.add(
                kind.kind() == KernelKind.UNKNOWN
                        ? Finding.limited("steal in CPU time", reasons, "")
                        : Finding.ok("steal in CPU time", reasons));
        try (ProcStat stat = new ProcStat(root)) {
            CpuTicks ticks = new CpuTicks();
            if (stat.sample(ticks)) {
                cost("a sample of /proc/stat", count -> {
                    long good = 0;
                    for (int i = 0; i < count; i++) {
                        good += stat.sample(ticks) ? 1 : 0;
                    }
                    return good;
                });
            }
        }
    }

    private void counters() {
        CounterChoice choice =
                CounterChoice.choose(root, EVENTS, CounterWay.AUTO, true, natives, System::nanoTime, true, health);
        // What lacks the same is told once.
        Map<Finding, List<String>> alike = new LinkedHashMap<>();
        choice.tried().forEach((name, outcome) -> {
            Finding finding = outcome instanceof Capability.Unavailable<String> not
                    ? new Finding(
                            "", Verdict.IMPOSSIBLE, not.reason().replace("counter " + name + ": ", ""), not.remedy())
                    : Finding.ok("", "held against work of known counts");
            alike.computeIfAbsent(finding, key -> new ArrayList<>()).add(name);
        });
        alike.forEach((finding, names) -> findings.add(new Finding(
                finding.verdict() == Verdict.OK ? "counters" : "other counters",
                finding.verdict(),
                String.join(", ", names) + ": " + finding.detail(),
                finding.remedy())));
        choice.readingNs().ifPresent(ns -> costsNs.put("counters", (double) ns));
    }

    private void around() {
        findings.add(Finding.of(
                "network counters",
                new Network(root).capability(),
                Verdict.IMPOSSIBLE,
                seen -> seen + ", with network=on"));
        findings.add(Finding.of(
                "VMware's library",
                Vmware.open(natives, options.vmwareLibrary(), VmwareCpuid.isVmware(Cpuids.reader(natives))),
                Verdict.IMPOSSIBLE,
                vmware -> vmware.describe() + ", with vmware=on"));
        findings.add(Finding.of(
                "host's clock",
                natives.then(loaded -> new PtpClocks(root).open(loaded)).then(clock -> {
                    clock.close();
                    return Capability.available("a PTP device");
                }),
                Verdict.IMPOSSIBLE,
                clock -> clock + ", with timeref=ptp; timeref=HOST:PORT asks another machine"));
    }
}
