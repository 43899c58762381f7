package io.vperf.platform;

/** The hypervisors that can be told apart. What runs them (QEMU, Firecracker, a cloud) is told by {@link VirtualSystem}. */
public enum HypervisorKind {
    /** None admits to be there. */
    NONE("none", StealClock.NOT_OFFERED),
    /** Its steal clock is a feature bit, which CPUID tells on x86. */
    KVM("KVM", StealClock.UNKNOWN),
    XEN("Xen", StealClock.OFFERED),
    HYPERV("Microsoft Hyper-V", StealClock.NOT_OFFERED),
    /** Its steal clock is asked for by a hypercall, and granted if the machine's settings say so. */
    VMWARE("VMware", StealClock.UNKNOWN),
    QEMU_TCG("QEMU software emulation (TCG)", StealClock.NOT_OFFERED),
    VIRTUALBOX("VirtualBox", StealClock.NOT_OFFERED),
    BHYVE("bhyve", StealClock.NOT_OFFERED),
    ACRN("ACRN", StealClock.NOT_OFFERED),
    PARALLELS("Parallels", StealClock.NOT_OFFERED),
    /** Linux has code for its steal (arch/powerpc/platforms/pseries, CONFIG_PPC_SPLPAR); whether it is in use cannot be read. */
    POWERVM("PowerVM", StealClock.UNKNOWN),
    /** Linux tells its steal from the CPU timer (arch/s390/kernel/vtime.c). */
    ZVM("z/VM", StealClock.UNKNOWN),
    /** A logical partition of an IBM Z, without z/VM. */
    PRSM("PR/SM logical partition", StealClock.UNKNOWN),
    /** A known one, not told apart any further, for which Linux has no steal clock. */
    OTHER("another hypervisor", StealClock.NOT_OFFERED),
    UNKNOWN("unknown", StealClock.UNKNOWN);

    private final String title;
    private final StealClock clock;

    HypervisorKind(String title, StealClock clock) {
        this.title = title;
        this.clock = clock;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** What the kind alone says of its steal clock, as Linux can use it. */
    StealClock clock() {
        return clock;
    }
}
