package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The program that made the virtual machine and gives it its devices, where the hypervisor does not: Firecracker and QEMU
 * both run on KVM. Told by what it wrote into the machine's firmware tables.
 */
final class Monitor {

    /** Where a table's header names its maker (ACPI specification, 5.2.6, OEMID). */
    private static final int OEM_ID = 10;

    private static final int OEM_ID_BYTES = 6;

    private static final Map<String, String> BY_OEM_ID = Map.of(
            "FIRECK", "Firecracker",
            "CLOUDH", "Cloud Hypervisor",
            "CROSVM", "crosvm",
            "BOCHS", "QEMU",
            "VBOX", "VirtualBox",
            "AMAZON", "Amazon EC2 Nitro",
            "Google", "Google Compute Engine");

    private static final Map<String, String> BY_VENDOR = Map.of(
            "QEMU", "QEMU",
            "innotek GmbH", "VirtualBox",
            "Cloud Hypervisor", "Cloud Hypervisor");

    private Monitor() {}

    /** DMI first, which everybody may read; Firecracker writes none. Only root may read the ACPI tables. */
    static Capability<String> read(Path root, Dmi dmi) {
        if (dmi.ec2Virtual()) {
            return Capability.available("Amazon EC2 Nitro (" + dmi + ")");
        }
        if (dmi.product().equals("Google Compute Engine")) {
            return Capability.available(dmi.product() + " (" + dmi + ")");
        }
        String vendor = BY_VENDOR.get(dmi.vendor());
        if (vendor != null) {
            return Capability.available(vendor + " (" + dmi + ")");
        }
        Path table = root.resolve("sys/firmware/acpi/tables/FACP");
        if (Files.exists(table) && !Files.isReadable(table)) {
            return Capability.unavailable(
                    "DMI does not name it, and the ACPI tables, which may, are for root only", "run this as root");
        }
        return KernelFile.head(table, OEM_ID + OEM_ID_BYTES).then(header -> byTable(table, header));
    }

    private static Capability<String> byTable(Path table, byte[] header) {
        if (header.length < OEM_ID + OEM_ID_BYTES) {
            return Capability.unavailable(table + " is cut short", "");
        }
        String maker = new String(header, OEM_ID, OEM_ID_BYTES, StandardCharsets.ISO_8859_1)
                .replaceAll("[^ -~]", " ")
                .strip();
        String name = BY_OEM_ID.get(maker);
        return name == null
                ? Capability.unavailable(
                        "the maker of the ACPI tables, \"" + maker + "\", is not known to make virtual machines", "")
                : Capability.available(name + " (ACPI OEM id \"" + maker + "\")");
    }
}
