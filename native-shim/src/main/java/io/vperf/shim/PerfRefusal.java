package io.vperf.shim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Why a perf event or its page is refused, and what to do. The kernel answers with the same few numbers for its own rules, those of
 * a container's seccomp filter and of a security module, so the settings that decide are read and shown beside them.
 *
 * <p>Made before it is needed, as {@link Errno} is.
 *
 * @param proc where procfs is mounted
 */
record PerfRefusal(Path proc) {

    private static final String PARANOID = "sys/kernel/perf_event_paranoid";
    private static final String MLOCK_KB = "sys/kernel/perf_event_mlock_kb";

    /** Up to here a user may watch his own threads outside the kernel. Higher values exist on Debian and Ubuntu. */
    private static final int PARANOID_ALLOWS_OWN_THREADS = 2;

    <T> Capability<T> ofEvent(int errno) {
        String reason = "perf_event_open failed with " + Errno.name(errno);
        return switch (errno) {
            case Errno.EACCES, Errno.EPERM -> forbidden(reason);
            case Errno.EMFILE ->
                Capability.unavailable(reason + ": the process has no file descriptor left", "Raise ulimit -n.");
            case Errno.ENFILE ->
                Capability.unavailable(
                        reason + ": the machine has no file descriptor left", "Raise sysctl fs.file-max.");
            case Errno.ENOSYS ->
                Capability.unavailable(
                        reason + ": no perf events in this kernel or sandbox",
                        "Run on a kernel with CONFIG_PERF_EVENTS, outside gVisor.");
            case Errno.ENOENT, Errno.EINVAL ->
                Capability.unavailable(
                        reason + ": this kernel does not know the software event", "Run on Linux 3.12 or newer.");
            default -> Capability.unavailable(reason, "");
        };
    }

    private <T> Capability<T> forbidden(String reason) {
        String paranoid = read(PARANOID);
        String seen = reason + ", kernel.perf_event_paranoid is " + paranoid;
        return paranoid.matches("\\d{1,9}") && Integer.parseInt(paranoid) > PARANOID_ALLOWS_OWN_THREADS
                ? Capability.unavailable(
                        seen,
                        "Set sysctl kernel.perf_event_paranoid=2, or grant CAP_PERFMON (before Linux 5.8 CAP_SYS_ADMIN).")
                : Capability.unavailable(
                        seen + ": a container's seccomp filter or a security module forbids it",
                        "Grant CAP_PERFMON (docker run --cap-add PERFMON), or allow perf_event_open in the"
                                + " container's seccomp profile.");
    }

    Capability<PerfPage> ofPage(int errno) {
        String reason = "mmap of a perf event's page failed with " + Errno.name(errno);
        return switch (errno) {
            case Errno.EPERM ->
                Capability.unavailable(
                        reason + ": this user's locked memory for perf is used up; kernel.perf_event_mlock_kb is "
                                + read(MLOCK_KB) + " per vCPU and user, ulimit -l is " + lockedMemoryLimit(),
                        "Raise ulimit -l (systemd LimitMEMLOCK=, docker --ulimit memlock=) or sysctl"
                                + " kernel.perf_event_mlock_kb, or grant CAP_IPC_LOCK.");
            case Errno.ENOMEM ->
                Capability.unavailable(
                        reason + ": the process has too many mappings, or the machine no memory",
                        "Raise sysctl vm.max_map_count.");
            default -> Capability.unavailable(reason, "");
        };
    }

    /** A line reads {@code Max locked memory  8388608  8388608  bytes}: soft limit, hard limit. */
    private String lockedMemoryLimit() {
        return read("self/limits")
                .lines()
                .filter(line -> line.startsWith("Max locked memory"))
                .map(line -> line.split("\\s+"))
                .filter(columns -> columns.length > 3)
                .map(columns -> columns[3].equals("unlimited") ? columns[3] : columns[3] + " bytes")
                .findFirst()
                .orElse("unknown");
    }

    private String read(String file) {
        try {
            return Files.readString(proc.resolve(file)).strip();
        } catch (IOException | SecurityException e) {
            return "unknown";
        }
    }
}
