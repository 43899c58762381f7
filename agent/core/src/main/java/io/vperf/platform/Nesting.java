package io.vperf.platform;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the hypervisor runs in a virtual machine itself. It need not show, so nothing seen means nothing known. */
final class Nesting {

    private Nesting() {}

    static Capability<String> find(
            Path root,
            HypervisorKind kind,
            Capability<XenGuest> xen,
            List<CpuidSignature> signatures,
            Cpuid cpuid,
            Dmi dmi) {
        if (kind == HypervisorKind.NONE) {
            return Capability.unavailable("no hypervisor shows itself", "");
        }
        String below = Sysinfo.read(root).map(Sysinfo::below).orElse("");
        if (!below.isEmpty()) {
            return Capability.available("in " + below + " (/proc/sysinfo)");
        }
        if (isDom0(xen) && dmi.virtual() && dmi.kind() != HypervisorKind.XEN) {
            // dom0 sees the firmware that Xen itself was started by.
            return Capability.available("Xen runs in a virtual machine (" + dmi + ", as dom0 sees it)");
        }
        // KVM with Hyper-V's interface is one hypervisor, not two; it leaves the bit clear or means itself by it.
        boolean hyperv = signatures.size() == 1 && signatures.get(0).kind() == HypervisorKind.HYPERV;
        if (hyperv && cpuid.hypervNested()) {
            return Capability.available("Hyper-V runs in a virtual machine of Hyper-V (CPUID 0x40000004 EAX bit 12)");
        }
        return contradiction(kind, dmi)
                .<Capability<String>>map(Capability::available)
                .orElseGet(() -> Capability.unavailable(
                        "nothing shows that the hypervisor is nested, which it need not show", ""));
    }

    private static boolean isDom0(Capability<XenGuest> xen) {
        return xen.then(XenGuest::dom0) instanceof Capability.Available<Boolean> dom0 && dom0.value();
    }

    /** VirtualBox shows KVM's interface to Linux guests, and products of Xen write what they like. */
    private static Optional<String> contradiction(HypervisorKind kind, Dmi dmi) {
        HypervisorKind firmware = dmi.kind();
        boolean told = firmware == HypervisorKind.HYPERV
                || firmware == HypervisorKind.VMWARE
                || firmware == HypervisorKind.XEN
                || firmware == HypervisorKind.KVM;
        return told && kind != firmware && kind != HypervisorKind.UNKNOWN && kind != HypervisorKind.QEMU_TCG
                ? Optional.of("perhaps: the hypervisor is " + kind.title() + " and the firmware is " + firmware.title()
                        + "'s (" + dmi + "), one in the other or a copied text")
                : Optional.empty();
    }
}
