package io.vperf.platform;

import io.vperf.linux.CpuTicks;
import io.vperf.linux.KernelFile;
import io.vperf.linux.KernelRelease;
import io.vperf.linux.ProcStat;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Map;

/**
 * The names a dump is told apart by.
 *
 * @param name the host's name, a container's own inside one; {@code localhost} where nothing tells it
 * @param kernelRelease as {@code uname -r}
 * @param vcpus how many are online in the machine (not: how many the JVM may use), 1 or more
 */
public record HostInfo(String name, Capability<String> kernelRelease, Capability<Integer> vcpus) {

    /**
     * Always gives a name.
     *
     * @param environment {@code System.getenv()} in production; its HOSTNAME is asked where the kernel tells no name
     */
    public static HostInfo read(Path root, Map<String, String> environment) {
        Capability<KernelRelease> kernel = KernelRelease.read(root);
        Capability<String> release = kernel instanceof Capability.Available<KernelRelease> known
                ? Capability.available(known.value().release())
                : Capability.unavailable(((Capability.Unavailable<KernelRelease>) kernel).reason(), "");
        return new HostInfo(name(root, environment), release, vcpus(root));
    }

    private static String name(Path root, Map<String, String> environment) {
        // "(none)" is what a kernel calls itself before anyone named it.
        if (KernelFile.value(root.resolve("proc/sys/kernel/hostname")) instanceof Capability.Available<String> name
                && !name.value().equals("(none)")) {
            return name.value();
        }
        String variable = environment.getOrDefault("HOSTNAME", "").strip();
        return variable.isEmpty() ? "localhost" : variable;
    }

    private static Capability<Integer> vcpus(Path root) {
        CpuTicks sample = new CpuTicks();
        try (ProcStat stat = new ProcStat(root)) {
            return stat.sample(sample)
                    ? Capability.available(sample.presentCount())
                    : Capability.unavailable(String.valueOf(sample.failure()), "");
        }
    }
}
