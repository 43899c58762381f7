package io.vperf.container;

import io.vperf.shim.Capability;
import java.nio.file.Path;

/**
 * All of this package of one process, read once.
 *
 * @param cpu the cgroups whose quotas bind it
 * @param cpuset the cgroups whose CPU sets bind it
 * @param allowance what that comes to, beside what the JVM believes
 */
public record Confinement(
        Container container, Capability<CpuCgroups> cpu, Capability<CpusetCgroups> cpuset, CpuAllowance allowance) {

    /**
     * Of this JVM.
     *
     * @param root where the file system begins, {@code /} in production
     * @param availableProcessors {@code Runtime.availableProcessors()}
     */
    public static Confinement ofSelf(Path root, int availableProcessors) {
        return read(root, "self", Capability.available(availableProcessors));
    }

    /** Of another process, as far as this one may read its files. */
    public static Confinement ofProcess(Path root, long pid) {
        return read(
                root,
                Long.toString(pid),
                Capability.unavailable(
                        "what another JVM believes cannot be seen from here", "ask it: jcmd PID VM.info"));
    }

    private static Confinement read(Path root, String process, Capability<Integer> believed) {
        Capability<CpuCgroups> cpu = CpuCgroups.read(root, process);
        Capability<CpusetCgroups> cpuset = CpusetCgroups.read(root, process);
        return new Confinement(Container.read(root, process), cpu, cpuset, CpuAllowance.of(believed, cpu, cpuset));
    }
}
