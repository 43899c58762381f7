package io.vperf.platform;

import io.vperf.linux.KernelRelease;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that can be said of the machine below this Linux, for a person who asks. Reads more than {@link Platform} does at a
 * start, and CPUID some 260 times, each of which may be a VM exit.
 *
 * @param kind of the hypervisor next to this Linux
 * @param hypervisor its name with what it was told from, or why there is none
 * @param signatures every one that CPUID shows, in the order of their leaves; unavailable without CPUID or a hypervisor
 * @param monitor the program that made the virtual machine, where it is another than the hypervisor
 * @param xen available on Xen only
 * @param subsystem gVisor or WSL, which answer system calls in Linux' place or carry a Linux of their own
 * @param nesting what the hypervisor itself runs in, where that shows
 * @param dmi unavailable where the firmware tells nothing
 */
public record VirtualSystem(
        HypervisorKind kind,
        Capability<String> hypervisor,
        Capability<List<CpuidSignature>> signatures,
        Capability<String> monitor,
        Capability<XenGuest> xen,
        Capability<String> subsystem,
        Capability<String> nesting,
        Capability<Dmi> dmi,
        Capability<Cloud> cloud,
        Capability<ClockSource> clockSource) {

    /**
     * Reads it all.
     *
     * @param root where the file system begins, {@code /} in production
     */
    public static VirtualSystem read(Path root, CpuidReader reader) {
        Cpuid cpuid = new Cpuid(reader);
        Hypervisor hypervisor = Hypervisor.detect(root, reader);
        Dmi dmi = Dmi.read(root);
        List<CpuidSignature> found = shown(cpuid) ? cpuid.signatures() : List.of();
        Capability<List<CpuidSignature>> signatures = found.isEmpty()
                ? cpuid.hypervisor()
                        .then(bit -> Capability.unavailable(
                                bit ? "CPUID shows no signature" : "CPUID leaf 1, ECX bit 31 is clear", ""))
                : Capability.available(found);
        Capability<XenGuest> xen = hypervisor.kind() == HypervisorKind.XEN
                ? Capability.available(XenGuest.read(root))
                : Capability.unavailable("this is not known to be Xen", "");
        return new VirtualSystem(
                hypervisor.kind(),
                hypervisor.name(),
                signatures,
                hypervisor.kind() == HypervisorKind.NONE
                        ? Capability.unavailable("no hypervisor shows itself", "")
                        : Monitor.read(root, dmi),
                xen,
                subsystem(root),
                Nesting.find(root, hypervisor.kind(), xen, found, cpuid, dmi),
                dmi.known() ? Capability.available(dmi) : Capability.unavailable("there is no DMI", ""),
                Cloud.read(root, dmi),
                ClockSource.read(root));
    }

    private static boolean shown(Cpuid cpuid) {
        return cpuid.hypervisor() instanceof Capability.Available<Boolean> bit && bit.value();
    }

    private static Capability<String> subsystem(Path root) {
        return KernelRelease.read(root).then(kernel -> {
            Optional<String> name = kernel.isGvisor() ? Optional.of("gVisor") : kernel.wsl();
            return name.isPresent()
                    ? Capability.available(name.get() + " (kernel " + kernel.release() + ")")
                    : Capability.unavailable("the kernel is neither gVisor's nor WSL's", "");
        });
    }
}
