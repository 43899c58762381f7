package io.vperf.linux;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which kernel runs.
 *
 * @param release as {@code uname -r} says it, such as {@code 6.1.0-28-amd64}; not empty
 * @param version the line of {@code /proc/version}, with compiler and build, or the empty text where it cannot be read
 */
public record KernelRelease(String release, String version) {

    /** From {@code /proc/sys/kernel/osrelease} and {@code /proc/version}; unavailable without the first. */
    public static Capability<KernelRelease> read(Path root) {
        Capability<String> version = KernelFile.value(root.resolve("proc/version"));
        String line = version instanceof Capability.Available<String> read ? read.value() : "";
        return KernelFile.map(
                KernelFile.value(root.resolve("proc/sys/kernel/osrelease")),
                release -> new KernelRelease(release, line));
    }

    /**
     * Whether the "kernel" is gVisor's sentry, which answers system calls itself and whose {@code /proc/stat} counts
     * nothing. Its release can be set, its build line cannot (pkg/sentry/syscalls/linux).
     */
    public boolean isGvisor() {
        return release.endsWith("-gvisor")
                || version.contains("gVisor")
                || version.contains("#1 SMP Sun Jan 10 15:06:54 PST 2016");
    }

    /**
     * The Windows Subsystem for Linux: "WSL 1" translates system calls, "WSL 2" is a Linux of Microsoft's in a virtual
     * machine. The two spell the maker's name differently (github.com/microsoft/WSL/issues/423).
     */
    public Optional<String> wsl() {
        if (release.endsWith("-Microsoft")) {
            return Optional.of("WSL 1");
        }
        return release.contains("microsoft-standard") || release.contains("WSL2")
                ? Optional.of("WSL 2")
                : Optional.empty();
    }
}
