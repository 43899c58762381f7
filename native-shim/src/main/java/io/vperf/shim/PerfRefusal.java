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
 * @param sys where sysfs is mounted
 */
record PerfRefusal(Path proc, Path sys) {

    private static final String PARANOID = "sys/kernel/perf_event_paranoid";
    private static final String MLOCK_KB = "sys/kernel/perf_event_mlock_kb";

    /** Up to here a user may watch his own threads outside the kernel. Higher values exist on Debian and Ubuntu. */
    private static final int PARANOID_ALLOWS_OWN_THREADS = 2;

    /** Up to here also what the kernel does on their behalf. */
    private static final int PARANOID_ALLOWS_KERNEL = 1;

    private static final String VIRTUAL_PMU =
            "Ask for a virtual PMU: QEMU -cpu host,pmu=on; libvirt <pmu state='on'/>; VMware vpmc.enable=TRUE; Xen vpmu;"
                    + " Google Cloud --performance-monitoring-unit; elsewhere a bare-metal or whole-processor instance."
                    + " Firecracker has none. Software events such as page-faults need none.";

    PerfRefusal(Path proc) {
        this(proc, Path.of("/sys"));
    }

    <T> Capability<T> ofEvent(int errno) {
        String reason = "perf_event_open failed with " + Errno.name(errno);
        return switch (errno) {
            case Errno.EACCES, Errno.EPERM -> forbidden(reason, PARANOID_ALLOWS_OWN_THREADS);
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

    /** Of an event that a user has named. */
    <T> Capability<T> ofCounter(PerfEvent event, int errno) {
        String reason = "counter " + event.name() + ": perf_event_open failed with " + Errno.name(errno);
        return switch (errno) {
            case Errno.EACCES, Errno.EPERM ->
                event.kernel()
                        ? forbidden(reason + ": it looks into the kernel", PARANOID_ALLOWS_KERNEL)
                        : forbidden(reason, PARANOID_ALLOWS_OWN_THREADS);
            case Errno.ENOENT, Errno.ENODEV, Errno.EOPNOTSUPP -> notCounted(event, reason);
            case Errno.EINVAL ->
                Capability.unavailable(
                        reason + ": its PMU refuses this event, its fields or its modifier",
                        "Look into /sys/bus/event_source/devices; a PMU that cannot tell user space from the kernel takes"
                                + " events with the modifier ku only.");
            case Errno.EBUSY ->
                Capability.unavailable(
                        reason + ": another user of the PMU has it for himself",
                        "Stop other profilers, on the hypervisor too; on x86 sysctl kernel.nmi_watchdog=0 frees a counter.");
            case Errno.EMFILE, Errno.ENFILE, Errno.ENOSYS -> {
                Capability.Unavailable<T> alike = (Capability.Unavailable<T>) this.<T>ofEvent(errno);
                yield Capability.unavailable("counter " + event.name() + ": " + alike.reason(), alike.remedy());
            }
            default -> Capability.unavailable(reason, "");
        };
    }

    private <T> Capability<T> notCounted(PerfEvent event, String reason) {
        if (event.isSoftware()) {
            return Capability.unavailable(reason + ": this kernel does not count it", "Run on a newer kernel.");
        }
        return new PmuFolder(sys.resolve("bus/event_source/devices")).hasProcessorPmu()
                ? Capability.unavailable(
                        reason + ": this processor, or the virtual PMU that a guest is given, does not count it",
                        "Choose an event of 'perf list' or /sys/bus/event_source/devices.")
                : Capability.unavailable(reason + ": this machine has no hardware counters", VIRTUAL_PMU);
    }

    private <T> Capability<T> forbidden(String reason, int allowed) {
        String paranoid = read(PARANOID);
        String seen = reason + ", kernel.perf_event_paranoid is " + paranoid;
        return paranoid.matches("\\d{1,9}") && Integer.parseInt(paranoid) > allowed
                ? Capability.unavailable(
                        seen,
                        "Set sysctl kernel.perf_event_paranoid=" + allowed
                                + ", or grant CAP_PERFMON (before Linux 5.8 CAP_SYS_ADMIN).")
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
