package io.vperf.platform;

import java.util.Optional;

/**
 * The signatures hypervisors show in CPUID on x86.
 *
 * <p>For the kinds: arch/x86/kernel/kvm.c, arch/x86/xen/enlighten.c, arch/x86/kernel/cpu/mshyperv.c and vmware.c. Only
 * KVM, Xen and VMware have code in Linux that sets a steal clock.
 */
enum HypervisorSignature {
    KVM("KVMKVMKVM", "KVM", HypervisorKind.KVM),
    XEN("XenVMMXenVMM", "Xen", HypervisorKind.XEN),
    HYPERV("Microsoft Hv", "Microsoft Hyper-V", HypervisorKind.HYPERV),
    VMWARE("VMwareVMware", "VMware", HypervisorKind.VMWARE),
    KVM_AS_HYPERV("Linux KVM Hv", "KVM showing Hyper-V's interface only", HypervisorKind.OTHER),
    QEMU_TCG("TCGTCGTCGTCG", "QEMU software emulation (TCG)", HypervisorKind.QEMU_TCG),
    VIRTUALBOX("VBoxVBoxVBox", "VirtualBox", HypervisorKind.VIRTUALBOX),
    BHYVE("bhyve bhyve", "bhyve", HypervisorKind.BHYVE),
    BHYVE_OLD("BHyVE BHyVE", "bhyve", HypervisorKind.BHYVE),
    ACRN("ACRNACRNACRN", "ACRN", HypervisorKind.ACRN),
    PARALLELS("prl hyperv", "Parallels", HypervisorKind.PARALLELS),
    PARALLELS_SWAPPED("lrpepyh vr", "Parallels", HypervisorKind.PARALLELS),
    JAILHOUSE("Jailhouse", "Jailhouse", HypervisorKind.OTHER),
    QNX("QNXQVMBSQG", "QNX Hypervisor", HypervisorKind.OTHER),
    NVMM("___ NVMM ___", "NetBSD NVMM", HypervisorKind.OTHER),
    OPENBSD("OpenBSDVMM58", "OpenBSD vmm", HypervisorKind.OTHER),
    APPLE("Apple VZ", "Apple Virtualization", HypervisorKind.OTHER),
    SRE("SRESRESRESRE", "Lockheed Martin SRE", HypervisorKind.OTHER);

    final String text;
    final String title;
    final HypervisorKind kind;

    HypervisorSignature(String text, String title, HypervisorKind kind) {
        this.text = text;
        this.title = title;
        this.kind = kind;
    }

    static Optional<HypervisorSignature> of(String text) {
        for (HypervisorSignature known : values()) {
            if (known.text.equals(text)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    static HypervisorKind kind(String text) {
        return of(text).map(known -> known.kind).orElse(HypervisorKind.UNKNOWN);
    }
}
