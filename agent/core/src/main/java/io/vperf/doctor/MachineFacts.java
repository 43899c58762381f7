package io.vperf.doctor;

import io.vperf.platform.Cloud;
import io.vperf.platform.CpuidSignature;
import io.vperf.platform.HypervisorKind;
import io.vperf.platform.Platform;
import io.vperf.platform.VirtualSystem;
import io.vperf.platform.XenGuest;
import io.vperf.shim.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What lies below this JVM. */
final class MachineFacts {

    private MachineFacts() {}

    static List<Fact> of(Platform platform, VirtualSystem system) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("host", platform.host().name()));
        facts.add(
                new Fact("JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")));
        facts.add(Fact.of("kernel", platform.host().kernelRelease()));
        facts.add(
                system.kind() == HypervisorKind.NONE
                                && system.hypervisor() instanceof Capability.Unavailable<String> none
                        ? new Fact("hypervisor", "none: " + none.reason())
                        : Fact.of("hypervisor", system.hypervisor()));
        if (system.signatures() instanceof Capability.Available<List<CpuidSignature>> shown) {
            facts.add(new Fact(
                    "CPUID signatures",
                    shown.value().stream().map(CpuidSignature::toString).collect(Collectors.joining(", "))));
        }
        addIfKnown(facts, "monitor", system.monitor());
        addIfKnown(facts, "Xen", system.xen().then(xen -> Capability.available(describe(xen))));
        addIfKnown(facts, "subsystem", system.subsystem());
        addIfKnown(facts, "nested in", system.nesting());
        addIfKnown(facts, "cloud", system.cloud().then(cloud -> Capability.available(describe(cloud))));
        addIfKnown(facts, "DMI", system.dmi().then(dmi -> Capability.available(dmi.toString())));
        return facts;
    }

    private static void addIfKnown(List<Fact> facts, String name, Capability<String> value) {
        if (value instanceof Capability.Available<String>) {
            facts.add(Fact.of(name, value));
        }
    }

    private static String describe(XenGuest xen) {
        return "mode " + text(xen.mode()) + ", dom0: " + text(xen.dom0()) + ", version " + text(xen.version());
    }

    private static String describe(Cloud cloud) {
        return cloud.provider() + ", instance type " + text(cloud.instanceType()) + " (" + cloud.evidence() + ")";
    }

    private static String text(Capability<?> capability) {
        return capability instanceof Capability.Available<?> known ? String.valueOf(known.value()) : "unknown";
    }
}
