package io.vperf.shim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Finds the PTP device through which a hypervisor shows its guest the host's clock, and opens it. Other PTP devices are
 * clocks of network cards, which say nothing of the host.
 */
public final class PtpClocks {

    /** By {@code /sys/class/ptp/ptpN/clock_name}: drivers/ptp/ptp_kvm_common.c, drivers/hv/hv_util.c, drivers/ptp/ptp_vmw.c. */
    private static final Set<String> OF_HOSTS = Set.of("KVM virtual PTP", "hyperv", "ptp_vmw");

    private static final String REMEDY =
            "On KVM load ptp_kvm (modprobe ptp_kvm; CONFIG_PTP_1588_CLOCK_KVM), on VMware ptp_vmw and give the VM a"
                    + " precision clock; Hyper-V shows one by itself.";

    private final Path root;

    /** @param root of the file system */
    public PtpClocks(Path root) {
        this.root = root;
    }

    /** Opens the first one, by its number. */
    public Capability<PtpClock> open(Natives natives) {
        return find().then(device -> open(natives, device));
    }

    /**
     * Of the host's.
     *
     * @param path below {@code /dev}
     * @param name as the kernel calls it
     */
    record Device(Path path, String name) {}

    Capability<Device> find() {
        Path folder = root.resolve("sys/class/ptp");
        List<String> others = new ArrayList<>();
        try {
            for (Path device : devices(folder)) {
                String name = name(device);
                if (OF_HOSTS.contains(name)) {
                    return Capability.available(new Device(root.resolve("dev").resolve(device.getFileName()), name));
                }
                others.add(device.getFileName() + " is " + (name.isEmpty() ? "without a name" : name));
            }
        } catch (IOException e) {
            return Capability.unavailable(folder + " cannot be read: " + e, REMEDY);
        }
        return Capability.unavailable(
                others.isEmpty()
                        ? "there is no PTP device in " + folder
                        : "no PTP device shows the host's clock: " + String.join(", ", others),
                REMEDY);
    }

    private static List<Path> devices(Path folder) throws IOException {
        List<Path> devices = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "ptp*")) {
                children.forEach(devices::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        Collections.sort(devices);
        return devices;
    }

    /** Empty where there is none that can be read. */
    private static String name(Path device) {
        try {
            return new String(Files.readAllBytes(device.resolve("clock_name")), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static Capability<PtpClock> open(Natives natives, Device device) {
        int fd = new OpenedFile(natives, device.path().toString()).open();
        if (fd < 0) {
            return Capability.unavailable(
                    device.path() + " (" + device.name() + ") cannot be opened: " + Errno.name(-fd),
                    -fd == Errno.EACCES || -fd == Errno.EPERM
                            ? "Let this JVM's user read " + device.path() + ", as by a udev rule."
                            : "");
        }
        PtpClock clock = new PtpClock(natives, fd, device.path() + ", " + device.name());
        if (clock.nowNs() < 0) {
            clock.close();
            return Capability.unavailable(
                    device.path() + " (" + device.name() + ") opens, but cannot be read as a clock", "");
        }
        return Capability.available(clock);
    }
}
