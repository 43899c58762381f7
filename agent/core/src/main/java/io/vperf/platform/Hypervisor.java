package io.vperf.platform;

import io.vperf.linux.CpuInfo;
import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What runs below this Linux.
 *
 * @param kind what it is, as far as it matters for steal
 * @param stealClock by CPUID or by what Linux has code for; a text that merely names the product leaves it unknown
 * @param name for people, with the text it was told from; unavailable where there is none or it has no name
 */
record Hypervisor(HypervisorKind kind, StealClock stealClock, Capability<String> name) {

    /**
     * In this order: {@code /sys/hypervisor/type} and {@code /proc/xen}, which Xen guests have even where CPUID shows the
     * bare processor (paravirtualised ones); CPUID; the {@code hypervisor} flag; what other processors than x86 have: the device tree
     * and {@code /proc/sysinfo}; DMI.
     */
    static Hypervisor detect(Path root, CpuidReader reader) {
        if (KernelFile.value(root.resolve("sys/hypervisor/type")) instanceof Capability.Available<String> type
                && type.value().equals("xen")) {
            return found(HypervisorKind.XEN, StealClock.OFFERED, "Xen (/sys/hypervisor/type \"xen\")");
        }
        if (Files.isDirectory(root.resolve("proc/xen"))) {
            return found(HypervisorKind.XEN, StealClock.OFFERED, "Xen (/proc/xen)");
        }
        Cpuid cpuid = new Cpuid(reader);
        if (cpuid.hypervisor() instanceof Capability.Available<Boolean> bit) {
            return bit.value() ? bySignature(cpuid) : none("CPUID leaf 1, ECX bit 31 is clear");
        }
        Capability<Boolean> flag = CpuInfo.read(root) instanceof Capability.Available<CpuInfo> info
                ? info.value().hypervisor()
                : Capability.unavailable("/proc/cpuinfo cannot be read", "");
        if (flag instanceof Capability.Available<Boolean> known && !known.value()) {
            return none("/proc/cpuinfo has no flag \"hypervisor\"");
        }
        Optional<Hypervisor> described =
                DeviceTree.hypervisor(root).or(() -> Sysinfo.read(root).flatMap(Sysinfo::hypervisor));
        return described.orElseGet(() -> byFirmware(Dmi.read(root), flag));
    }

    private static Hypervisor bySignature(Cpuid cpuid) {
        String first = cpuid.signature(Cpuid.BASE);
        HypervisorKind firstKind = HypervisorSignature.kind(first);
        if (!hasClockCode(firstKind)) {
            String second = cpuid.signature(Cpuid.SECOND_BASE);
            HypervisorKind secondKind = HypervisorSignature.kind(second);
            if (hasClockCode(secondKind)) {
                return signed(cpuid, Cpuid.SECOND_BASE, second, secondKind);
            }
        }
        return signed(cpuid, Cpuid.BASE, first, firstKind);
    }

    private static boolean hasClockCode(HypervisorKind kind) {
        return kind == HypervisorKind.KVM || kind == HypervisorKind.XEN;
    }

    private static Hypervisor signed(Cpuid cpuid, int base, String signature, HypervisorKind kind) {
        StealClock clock = kind != HypervisorKind.KVM
                ? kind.clock()
                : cpuid.kvmStealTime(base) ? StealClock.OFFERED : StealClock.NOT_OFFERED;
        String title =
                HypervisorSignature.of(signature).map(known -> known.title).orElse("an unknown hypervisor");
        return found(kind, clock, title + " (CPUID 0x" + Integer.toHexString(base) + " \"" + signature + "\")");
    }

    private static Hypervisor byFirmware(Dmi dmi, Capability<Boolean> flag) {
        // A virtual machine's board: on Arm there is no flag that says so.
        if (dmi.ec2Virtual() && !(flag instanceof Capability.Available<Boolean>)) {
            return found(HypervisorKind.KVM, StealClock.UNKNOWN, "Amazon EC2 Nitro, which is KVM (" + dmi + ")");
        }
        HypervisorKind kind = dmi.kind();
        boolean certain = kind != HypervisorKind.UNKNOWN;
        if (certain || (dmi.known() && flag instanceof Capability.Available<Boolean>)) {
            return found(kind, StealClock.UNKNOWN, dmi.toString());
        }
        String reason = flag instanceof Capability.Available<Boolean>
                ? "a hypervisor is there (flag \"hypervisor\" in /proc/cpuinfo) and nothing readable names it"
                : "neither CPUID nor /proc/cpuinfo says whether there is a hypervisor"
                        + (dmi.known() ? "; " + dmi : "");
        return new Hypervisor(HypervisorKind.UNKNOWN, StealClock.UNKNOWN, Capability.unavailable(reason, ""));
    }

    static Hypervisor none(String evidence) {
        return new Hypervisor(
                HypervisorKind.NONE,
                StealClock.NOT_OFFERED,
                Capability.unavailable("no hypervisor shows itself: " + evidence, ""));
    }

    static Hypervisor found(HypervisorKind kind, StealClock clock, String name) {
        return new Hypervisor(kind, clock, Capability.available(name));
    }
}
