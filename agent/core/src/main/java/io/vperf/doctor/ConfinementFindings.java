package io.vperf.doctor;

import io.vperf.container.Confinement;
import io.vperf.container.CpuAllowance;
import io.vperf.container.CpuCgroups;
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
            findings.add(
                    cpu.limited().isEmpty()
                            ? Finding.ok("CPU quota", "none is set where it can be seen")
                            : Finding.ok(
                                    "CPU quota",
                                    "of " + cpu.limited().size() + " cgroups, throttling counters readable"));
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

    private static String text(Capability<?> capability) {
        return capability instanceof Capability.Available<?> known
                ? String.valueOf(known.value())
                : "an unknown number";
    }
}
