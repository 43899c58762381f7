package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;

/**
 * What the firmware says the machine is (SMBIOS, as {@code /sys/class/dmi/id} shows it to everybody). Written by whoever
 * sells the machine: it names a product, proves no steal clock and may be missing (Firecracker), copied from the host or
 * the real board's. Each value is empty if unknown.
 *
 * @param vendor {@code sys_vendor}
 * @param product {@code product_name}
 * @param productVersion {@code product_version}
 * @param boardVendor {@code board_vendor}
 * @param biosVendor {@code bios_vendor}
 * @param biosVersion {@code bios_version}
 * @param chassisAssetTag {@code chassis_asset_tag}
 */
public record Dmi(
        String vendor,
        String product,
        String productVersion,
        String boardVendor,
        String biosVendor,
        String biosVersion,
        String chassisAssetTag) {

    static Dmi read(Path root) {
        Path folder = root.resolve("sys/class/dmi/id");
        return new Dmi(
                value(folder.resolve("sys_vendor")),
                value(folder.resolve("product_name")),
                value(folder.resolve("product_version")),
                value(folder.resolve("board_vendor")),
                value(folder.resolve("bios_vendor")),
                value(folder.resolve("bios_version")),
                value(folder.resolve("chassis_asset_tag")));
    }

    private static String value(Path file) {
        return KernelFile.value(file) instanceof Capability.Available<String> read ? read.value() : "";
    }

    boolean known() {
        return !vendor.isEmpty() || !product.isEmpty();
    }

    /** The kind, where only virtual machines carry this text. EC2's, for one, is on real boards too. */
    HypervisorKind kind() {
        if (vendor.equals("Microsoft Corporation") && product.equals("Virtual Machine")) {
            return HypervisorKind.HYPERV;
        }
        if (product.startsWith("VMware")) {
            return HypervisorKind.VMWARE;
        }
        if (product.equals("VirtualBox") || vendor.equals("innotek GmbH")) {
            return HypervisorKind.VIRTUALBOX;
        }
        if (vendor.startsWith("Parallels")) {
            return HypervisorKind.PARALLELS;
        }
        if (product.equals("BHYVE") || biosVendor.equals("BHYVE")) {
            return HypervisorKind.BHYVE;
        }
        if (product.equals("KVM")) {
            return HypervisorKind.KVM;
        }
        return vendor.equals("Xen") ? HypervisorKind.XEN : HypervisorKind.UNKNOWN;
    }

    /** A virtual machine of EC2, not one of its machines without a hypervisor, whose type ends in {@code .metal} or holds {@code .metal-}. */
    boolean ec2Virtual() {
        return vendor.equals("Amazon EC2") && !product.isEmpty() && !product.contains(".metal");
    }

    /** Whether only virtual machines carry this text, though it may not tell which hypervisor's. */
    boolean virtual() {
        return kind() != HypervisorKind.UNKNOWN
                || ec2Virtual()
                || vendor.equals("QEMU")
                || product.equals("Google Compute Engine");
    }

    @Override
    public String toString() {
        return "DMI sys_vendor \"" + vendor + "\", product_name \"" + product + "\"";
    }
}
