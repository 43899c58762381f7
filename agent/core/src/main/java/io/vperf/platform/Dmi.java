package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;

/**
 * What the firmware says the machine is. Written by whoever sells the machine: it names a product, proves no steal clock
 * and may be missing (Firecracker) or be the real board's.
 *
 * @param vendor {@code sys_vendor}, empty if unknown
 * @param product {@code product_name}, empty if unknown
 */
record Dmi(String vendor, String product) {

    static Dmi read(Path root) {
        Path folder = root.resolve("sys/class/dmi/id");
        return new Dmi(value(folder.resolve("sys_vendor")), value(folder.resolve("product_name")));
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
        return vendor.equals("Xen") ? HypervisorKind.XEN : HypervisorKind.UNKNOWN;
    }

    @Override
    public String toString() {
        return "DMI sys_vendor \"" + vendor + "\", product_name \"" + product + "\"";
    }
}
