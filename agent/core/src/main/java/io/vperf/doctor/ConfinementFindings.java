package io.vperf.doctor;

import io.vperf.container.Confinement;
import io.vperf.container.CpuAllowance;
import io.vperf.container.CpuCgroups;
import io.vperf.container.CpuLevel;
import io.vperf.container.Throttling;
import io.vperf.shim.Capability;
import java.util.ArrayList;
import java.util.List;

/** What vperf makes of a process's bounds. */
final class ConfinementFindings {

    private ConfinementFindings() {}

    static List<Finding> of(Confinement confinement) {
        List<Finding> findings = new ArrayList<>();
        if (confinement.cpu() instanceof Capability.Unavailable<CpuCgroups> none) {
            findings.add(new Finding("CPU quota", Verdict.LIMITED, none.reason(), none.remedy()));
        } else {
            CpuCgroups cpu = ((Capability.Available<CpuCgroups>) confinement.cpu()).value();
            findings.add(quota(cpu.limited()));
        }
        CpuAllowance allowance = confinement.allowance();
        if (allowance.jvmBelievesMore()) {
            findings.add(Finding.limited(
                    "JVM's processors",
                    "it believes to have " + text(allowance.jvmProcessors()) + ", " + allowance.source() + " leaves it "
                            + text(allowance.cpus()),
                    "-XX:ActiveProcessorCount=N; from JDK 24 on it looks at all cgroups above its own"));
        }
        return findings;
    }

    /** Throttled time is no steal: it is the container's own doing, and looks the same from within. */
    private static Finding quota(List<CpuLevel> limited) {
        if (limited.isEmpty()) {
            return Finding.ok("CPU quota", "none is set where it can be seen");
        }
        for (CpuLevel level : limited) {
            if (level.throttling() instanceof Capability.Available<Throttling> seen
                    && seen.value().throttledPeriods() > 0) {
                return Finding.limited(
                        "CPU quota",
                        "cgroup " + level.path() + " was throttled in "
                                + seen.value().throttledPeriods() + " of "
                                + seen.value().periods()
                                + " periods: calls take longer by that, which no steal shows",
                        "Raise the quota (cpu.cfs_quota_us, cpu.max, docker run --cpus, Kubernetes limits.cpu).");
            }
        }
        return Finding.ok("CPU quota", "set, and has not throttled yet");
    }

    private static String text(Capability<?> capability) {
        return capability instanceof Capability.Available<?> known
                ? String.valueOf(known.value())
                : "an unknown number";
    }
}
