package io.vperf.platform;

import io.vperf.linux.CpuInfo;
import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Set;

/**
 * Whether the processor's time counter (TSC, CNTVCT_EL0) may be read in place of the kernel's clock: it must count at one
 * rate in every power state and alike on every vCPU. Nobody but the kernel and the hypervisor can promise that, so the
 * answer is what they say, and on the safe side where they say nothing. That the vCPUs do count alike, and that the rate
 * holds, is tried and watched in {@code io.vperf.clock}.
 */
public final class CounterGuarantee {

    private static final String CLOCK_SOURCE = "sys/devices/system/clocksource/clocksource0/current_clocksource";

    private CounterGuarantee() {}

    /**
     * Asked once, at start.
     *
     * @param root where the file system begins, {@code /} in production
     * @param osArch the system property {@code os.arch}
     * @return who guarantees it, or what the guarantee lacks
     */
    public static Capability<String> check(Path root, CpuidReader cpuid, String osArch) {
        Capability<String> source = KernelFile.value(root.resolve(CLOCK_SOURCE));
        return switch (osArch) {
            case "aarch64", "arm64" -> source.then(CounterGuarantee::onArm);
            case "amd64", "x86_64" ->
                source.then(name -> onX86(name, new Cpuid(cpuid)))
                        .then(guarantee -> invariant(root, new Cpuid(cpuid), guarantee));
            default -> Capability.unavailable("no time counter is known on the processor " + osArch, "");
        };
    }

    /** One system counter feeds all processors at a fixed rate (Arm ARM, "The Generic Timer in AArch64 state"). */
    private static Capability<String> onArm(String source) {
        return source.equals("arch_sys_counter") ? Capability.available("clock source arch_sys_counter") : not(source);
    }

    private static Capability<String> onX86(String source, Cpuid cpuid) {
        return switch (source) {
            // The kernel reads it itself, has tried it for warps when each vCPU came up, and would leave it if it
            // drifted.
            case "tsc" -> Capability.available("clock source tsc");
            // PVCLOCK_TSC_STABLE_BIT, which says so at every reading, stands in a page that only the kernel can read.
            case "kvm-clock" ->
                cpuid.kvmStableClock(Cpuid.BASE) || cpuid.kvmStableClock(Cpuid.SECOND_BASE)
                        ? Capability.available("clock source kvm-clock, stable (CPUID 0x40000001 EAX bit 24)")
                        : Capability.unavailable(
                                "clock source is kvm-clock and the host does not call it stable"
                                        + " (CPUID 0x40000001 EAX bit 24 is clear)",
                                "");
            case "hyperv_clocksource_tsc_page" ->
                cpuid.hypervInvariantTsc()
                        ? Capability.available("clock source " + source + ", invariant (CPUID 0x40000003 EAX bit 15)")
                        : Capability.unavailable(
                                "clock source is " + source + " and the host may change the counter's rate"
                                        + " (CPUID 0x40000003 EAX bit 15 is clear)",
                                "");
            default -> not(source);
        };
    }

    /** The processor's own word by CPUID, and that Linux has not overruled it: it clears the flags of processors it distrusts. */
    private static Capability<String> invariant(Path root, Cpuid cpuid, String guarantee) {
        if (!(cpuid.invariantTsc() instanceof Capability.Available<Boolean> told)) {
            return Capability.unavailable("CPUID cannot be read, so the counter is not known to be invariant", "");
        }
        if (!told.value()) {
            return Capability.unavailable("the counter is not invariant (CPUID 0x80000007 EDX bit 8 is clear)", "");
        }
        return CpuInfo.read(root).then(CpuInfo::flags).then(flags -> trusted(flags, guarantee));
    }

    private static Capability<String> trusted(Set<String> flags, String guarantee) {
        for (String flag : new String[] {"constant_tsc", "nonstop_tsc"}) {
            if (!flags.contains(flag)) {
                return Capability.unavailable("/proc/cpuinfo lacks the flag " + flag, "");
            }
        }
        return Capability.available(guarantee + ", invariant");
    }

    private static Capability<String> not(String source) {
        return Capability.unavailable(
                "clock source is " + source,
                "see whether the machine offers another in the available_clocksource beside " + CLOCK_SOURCE);
    }
}
