package io.vperf.platform;

import io.vperf.linux.CpuTicks;
import io.vperf.linux.KernelRelease;
import io.vperf.linux.MountInfo;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the steal column of {@code /proc/stat} can be believed. A column of 0 is unknown until a source of it is
 * proven; immutable, for any thread.
 *
 * @param source what feeds the column, or why it is not to be believed
 * @param provable whether a value other than 0, seen later, would prove a source
 */
public record StealSource(Capability<String> source, boolean provable) {

    private static final String NONZERO = "a value other than 0 in the steal column of /proc/stat";
    private static final String STAT = "/proc/stat";

    /** What is known at start. */
    public static StealSource read(Path root, CpuidReader cpuid) {
        return decide(Evidence.read(root, cpuid));
    }

    /**
     * What is known after another sample. The kernel adds to the column only what a steal clock said
     * ({@code steal_account_process_time}, kernel/sched/cputime.c), so any value but 0 proves one, even the lump that a
     * guest starts with.
     */
    public StealSource after(CpuTicks sample) {
        return provable && source instanceof Capability.Unavailable<String> && sample.anySteal()
                ? new StealSource(Capability.available(NONZERO), false)
                : this;
    }

    /** Whether the column is to be believed, or may be later. */
    public boolean mayBeKnown() {
        return provable || source instanceof Capability.Available;
    }

    static StealSource decide(Evidence evidence) {
        if (evidence.mounts() instanceof Capability.Unavailable<MountInfo> not) {
            return never("whether " + STAT + " is the kernel's own is unknown: " + not.reason(), not.remedy());
        }
        Optional<String> type = evidence.mounts() instanceof Capability.Available<MountInfo> mounts
                ? mounts.value().typeAt(STAT)
                : Optional.empty();
        if (type.isPresent() && !type.get().equals("proc")) {
            return never(
                    STAT + " is not the kernel's: a file system of type " + type.get() + " is mounted over it",
                    "run this container without it (for lxcfs: do not mount its proc/stat)");
        }
        if (evidence.release() instanceof Capability.Available<KernelRelease> kernel
                && kernel.value().isGvisor()) {
            return never("this is gVisor, whose " + STAT + " counts nothing", "run under another container runtime");
        }
        CpuTicks sample = evidence.firstSample();
        if (!sample.good()) {
            return never(
                    String.valueOf(sample.failure()),
                    "let this JVM's user read " + STAT + " (a /proc that is mounted with subset=pid has none)");
        }
        if (!sample.stealKnown()) {
            return never("this kernel's " + STAT + " has no steal column", "");
        }
        Capability<String> clock = clock(evidence);
        return new StealSource(clock, clock instanceof Capability.Unavailable<String>).after(sample);
    }

    private static Capability<String> clock(Evidence evidence) {
        String name = name(evidence.hypervisor());
        return switch (evidence.hypervisor().kind()) {
            case KVM -> kvm(evidence, name);
            case XEN -> xen(evidence);
            case HYPERV -> Capability.unavailable("Linux has no steal clock for Hyper-V: " + name, "");
            case VMWARE ->
                Capability.unavailable(
                        "VMware tells of steal only if set to, and it is 0 so far: " + name,
                        "set stealclock.enable = \"TRUE\" for this virtual machine; Linux 5.7 or newer reads it");
            case NONE -> Capability.unavailable(name + "; without one there is no steal", "");
            default ->
                evidence.hypervisor().stealClock() == StealClock.NOT_OFFERED
                        ? Capability.unavailable("Linux has no steal clock for this hypervisor: " + name, "")
                        : untold(name);
        };
    }

    private static Capability<String> untold(String name) {
        return Capability.unavailable(
                "steal is 0 so far, and whether the hypervisor tells of any is unknown: " + name, "");
    }

    /** The clock is registered by arch/x86/kernel/kvm.c, {@code kvm_guest_init}, unless built without or told not to. */
    private static Capability<String> kvm(Evidence evidence, String name) {
        if (evidence.hypervisor().stealClock() == StealClock.UNKNOWN) {
            return untold(name);
        }
        if (evidence.hypervisor().stealClock() != StealClock.OFFERED) {
            return Capability.unavailable(
                    "KVM offers this guest no steal clock (bit 5 of EAX behind its CPUID signature): " + name,
                    "let the hypervisor offer it (QEMU: -cpu ...,kvm-steal-time=on)");
        }
        if (evidence.builtWithout("CONFIG_KVM_GUEST")) {
            return Capability.unavailable("this kernel was built without CONFIG_KVM_GUEST", "use one built with it");
        }
        if (evidence.booted("nopv")) {
            return Capability.unavailable("this kernel was booted with nopv", "boot it without");
        }
        return Capability.available("KVM steal clock (CPUID 0x40000001 EAX bit 5)");
    }

    /** Xen's time per run state: {@code xen_steal_clock}, drivers/xen/time.c. */
    private static Capability<String> xen(Evidence evidence) {
        if (evidence.hypervisor().stealClock() != StealClock.OFFERED
                || evidence.builtWithout("CONFIG_XEN")
                || evidence.booted("nopv")
                || evidence.booted("xen_nopv")) {
            return Capability.unavailable("this is Xen, but whether this kernel reads its run states is unknown", "");
        }
        return Capability.available("Xen run states");
    }

    private static String name(Hypervisor hypervisor) {
        return hypervisor.name() instanceof Capability.Available<String> known
                ? known.value()
                : ((Capability.Unavailable<String>) hypervisor.name()).reason();
    }

    private static StealSource never(String reason, String remedy) {
        return new StealSource(Capability.unavailable(reason, remedy), false);
    }
}
