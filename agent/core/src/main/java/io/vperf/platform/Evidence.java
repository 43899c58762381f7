package io.vperf.platform;

import io.vperf.linux.CpuTicks;
import io.vperf.linux.KernelCommandLine;
import io.vperf.linux.KernelConfig;
import io.vperf.linux.KernelConfigFiles;
import io.vperf.linux.KernelRelease;
import io.vperf.linux.MountInfo;
import io.vperf.linux.ProcStat;
import io.vperf.shim.Capability;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All that the verdicts look at, read once.
 *
 * @param sysReadable whether {@code /sys} is there, so that a file missing in it means something
 * @param firstSample of {@code /proc/stat}; may be a failed one
 */
record Evidence(
        Hypervisor hypervisor,
        Capability<KernelConfig> config,
        Capability<KernelCommandLine> commandLine,
        Capability<KernelRelease> release,
        Capability<MountInfo> mounts,
        boolean sysReadable,
        CpuTicks firstSample) {

    static Evidence read(Path root, CpuidReader cpuid) {
        CpuTicks sample = new CpuTicks();
        try (ProcStat stat = new ProcStat(root)) {
            stat.sample(sample);
        }
        return new Evidence(
                Hypervisor.detect(root, cpuid),
                KernelConfigFiles.find(root),
                KernelCommandLine.read(root),
                KernelRelease.read(root),
                MountInfo.read(root),
                Files.isDirectory(root.resolve("sys/devices/system/cpu")),
                sample);
    }

    /** Whether a parameter is known to be on the kernel's command line. */
    boolean booted(String parameter) {
        return commandLine instanceof Capability.Available<KernelCommandLine> line
                && line.value().has(parameter);
    }

    /** Whether an option is known to be missing from the kernel's configuration. */
    boolean builtWithout(String option) {
        return config instanceof Capability.Available<KernelConfig> known
                && !known.value().isSet(option);
    }

    /** Whether an option is known to be in the kernel's configuration. */
    boolean builtWith(String option) {
        return config instanceof Capability.Available<KernelConfig> known
                && known.value().isSet(option);
    }
}
