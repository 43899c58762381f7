package io.vperf.platform;

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
    QEMU_TCG("TCGTCGTCGTCG", "QEMU software emulation (TCG)", HypervisorKind.OTHER),
    VIRTUALBOX("VBoxVBoxVBox", "VirtualBox", HypervisorKind.OTHER),
    BHYVE("bhyve bhyve", "bhyve", HypervisorKind.OTHER),
    BHYVE_OLD("BHyVE BHyVE", "bhyve", HypervisorKind.OTHER),
    ACRN("ACRNACRNACRN", "ACRN", HypervisorKind.OTHER),
    PARALLELS("prl hyperv", "Parallels", HypervisorKind.OTHER),
    JAILHOUSE("Jailhouse", "Jailhouse", HypervisorKind.OTHER),
    QNX("QNXQVMBSQG", "QNX Hypervisor", HypervisorKind.OTHER),
    NVMM("___ NVMM ___", "NetBSD NVMM", HypervisorKind.OTHER),
    OPENBSD("OpenBSDVMM58", "OpenBSD vmm", HypervisorKind.OTHER);

    final String text;
    final String title;
    final HypervisorKind kind;

    HypervisorSignature(String text, String title, HypervisorKind kind) {
        this.text = text;
        this.title = title;
        this.kind = kind;
    }
}
