package io.vperf.platform;

import io.vperf.linux.KernelCommandLine;
import io.vperf.linux.KernelConfig;
import io.vperf.linux.KernelRelease;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's kind and why.
 *
 * <p>The rules. With CONFIG_PARAVIRT_TIME_ACCOUNTING the scheduler takes steal off the clock it charges tasks by
 * ({@code update_rq_clock_task}, kernel/sched/core.c), if the key {@code paravirt_steal_rq_enabled} is on; without the
 * option that code is not there. The key is turned on by the code that finds a steal clock: KVM's
 * (arch/x86/kernel/kvm.c), VMware's (arch/x86/kernel/cpu/vmware.c) and Arm's PV_TIME (arch/arm64/kernel/paravirt.c)
 * unless booted with {@code no-steal-acc}; Xen's (drivers/xen/time.c) if Xen grants the run-state update assist, without
 * a look at {@code no-steal-acc}. That grant cannot be seen from user space.
 *
 * @param kind about the steal that the kernel counts; unknown where it has no steal clock and so counts none
 * @param interrupts whether they are in CPU time
 * @param reasons what was looked at and what it said, a sentence each; never empty
 */
public record KernelKindVerdict(KernelKind kind, InterruptTime interrupts, List<String> reasons) {

    private static final String OPTION = "CONFIG_PARAVIRT_TIME_ACCOUNTING";
    private static final String IRQ_TIME = "CONFIG_IRQ_TIME_ACCOUNTING";
    private static final String NO_STEAL_ACC = "no-steal-acc";

    public KernelKindVerdict {
        reasons = List.copyOf(reasons);
    }

    /** What the files of the running kernel say. Without them it is unknown, whatever the kernel's name suggests. */
    public static KernelKindVerdict read(Path root, CpuidReader cpuid) {
        return decide(Evidence.read(root, cpuid));
    }

    static KernelKindVerdict decide(Evidence evidence) {
        List<String> reasons = new ArrayList<>();
        KernelKind kind = evidence.config() instanceof Capability.Available<KernelConfig> config
                ? byConfig(config.value(), evidence, reasons)
                : withoutConfig((Capability.Unavailable<KernelConfig>) evidence.config(), evidence, reasons);
        InterruptTime interrupts = evidence.builtWith(IRQ_TIME)
                ? InterruptTime.APART
                : evidence.builtWithout(IRQ_TIME) ? InterruptTime.CHARGED : InterruptTime.UNKNOWN;
        sayWhatInterruptsDo(interrupts, kind, reasons);
        return new KernelKindVerdict(kind, interrupts, reasons);
    }

    /** They are mistaken for steal at most where this is told from a gap between wall and CPU time. */
    private static void sayWhatInterruptsDo(InterruptTime interrupts, KernelKind kind, List<String> reasons) {
        if (kind == KernelKind.INCLUDES) {
            return;
        }
        if (interrupts == InterruptTime.APART) {
            reasons.add("CPU time excludes interrupts too (" + IRQ_TIME
                    + "), which are told apart by the irq and softirq columns of /proc/stat");
        } else if (interrupts == InterruptTime.UNKNOWN) {
            reasons.add(
                    "whether CPU time excludes interrupts too is unknown: what is called stolen may be steal or interrupts");
        }
    }

    private static KernelKind byConfig(KernelConfig config, Evidence evidence, List<String> reasons) {
        if (!config.isSet(OPTION)) {
            reasons.add(OPTION + " is not set in " + config.source());
            return KernelKind.INCLUDES;
        }
        reasons.add(OPTION + " is set in " + config.source());
        Hypervisor hypervisor = evidence.hypervisor();
        if (hypervisor.kind() == HypervisorKind.XEN) {
            reasons.add("on Xen it takes effect only if Xen grants the run-state update assist, which cannot be seen;"
                    + " the configuration alone does not decide");
            return KernelKind.UNKNOWN;
        }
        if (hypervisor.kind() == HypervisorKind.UNKNOWN && !xenRuledOut(evidence)) {
            reasons.add("this may be Xen, where the configuration alone does not decide");
            return KernelKind.UNKNOWN;
        }
        if (hypervisor.stealClock() == StealClock.NOT_OFFERED
                && !evidence.firstSample().anySteal()) {
            // Not INCLUDES: should steal turn up after all, there is a clock, and this kernel then excludes it.
            reasons.add("it takes effect only with a steal clock, and there seems to be none:"
                    + " what the hypervisor takes, if there is one, looks like running");
            return KernelKind.UNKNOWN;
        }
        return byCommandLine(evidence, reasons);
    }

    private static KernelKind byCommandLine(Evidence evidence, List<String> reasons) {
        if (evidence.commandLine() instanceof Capability.Unavailable<KernelCommandLine> not) {
            reasons.add("whether the kernel was booted with " + NO_STEAL_ACC + " is unknown: " + not.reason());
            return KernelKind.UNKNOWN;
        }
        if (evidence.booted(NO_STEAL_ACC)) {
            reasons.add("the kernel was booted with " + NO_STEAL_ACC + ", which turns it off");
            return KernelKind.INCLUDES;
        }
        reasons.add("the kernel was not booted with " + NO_STEAL_ACC);
        return KernelKind.EXCLUDES;
    }

    private static KernelKind withoutConfig(
            Capability.Unavailable<KernelConfig> config, Evidence evidence, List<String> reasons) {
        reasons.add(config.reason());
        if (hasKey(evidence.hypervisor().kind()) && evidence.booted(NO_STEAL_ACC)) {
            reasons.add("the kernel was booted with " + NO_STEAL_ACC + ": either way CPU time includes steal");
            return KernelKind.INCLUDES;
        }
        if (evidence.release() instanceof Capability.Available<KernelRelease> release) {
            KernelFlavour.hint(release.value()).ifPresent(reasons::add);
        }
        if (!config.remedy().isEmpty()) {
            reasons.add("to know: " + config.remedy());
        }
        return KernelKind.UNKNOWN;
    }

    private static boolean hasKey(HypervisorKind kind) {
        return kind == HypervisorKind.KVM || kind == HypervisorKind.VMWARE;
    }

    /** A kernel built without Xen is no Xen guest's; with CONFIG_XEN_SYS_HYPERVISOR it would say so in /sys. */
    private static boolean xenRuledOut(Evidence evidence) {
        return evidence.builtWithout("CONFIG_XEN")
                || (evidence.builtWith("CONFIG_XEN_SYS_HYPERVISOR") && evidence.sysReadable());
    }
}
