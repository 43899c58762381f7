package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whose cloud the machine is in, as far as it can be told without the network. The texts are those by which cloud-init
 * knows the clouds (tools/ds-identify).
 *
 * @param instanceType such as {@code m5.large}, where the firmware tells it
 * @param evidence what it was told from
 */
public record Cloud(String provider, Capability<String> instanceType, String evidence) {

    /** "MSFT AZURE VM" in an odd code, on all of Azure's machines and no other Hyper-V's. */
    private static final String AZURE_TAG = "7783-7084-3265-9085-8269-3286-77";

    private static final Map<String, String> BY_VENDOR = Map.of(
            "DigitalOcean", "DigitalOcean",
            "Alibaba Cloud", "Alibaba Cloud",
            "Hetzner", "Hetzner",
            "Scaleway", "Scaleway",
            "Vultr", "Vultr",
            "Linode", "Akamai",
            "Akamai", "Akamai",
            "UpCloud", "UpCloud",
            "Exoscale", "Exoscale",
            "Tencent Cloud", "Tencent Cloud");

    private static final Map<String, String> BY_CHASSIS_TAG =
            Map.of(AZURE_TAG, "Microsoft Azure", "OracleCloud.com", "Oracle Cloud", "ibmcloud", "IBM Cloud");

    static Capability<Cloud> read(Path root, Dmi dmi) {
        if (!dmi.known() && !(xenUuid(root) instanceof Capability.Available<String>)) {
            return Capability.unavailable("there is no DMI, by which clouds tell who they are", "");
        }
        return amazon(root, dmi)
                .or(() -> google(dmi))
                .or(() -> others(dmi))
                .<Capability<Cloud>>map(Capability::available)
                .orElseGet(() -> Capability.unavailable("no known cloud's: " + dmi, ""));
    }

    private static Optional<Cloud> amazon(Path root, Dmi dmi) {
        if (dmi.vendor().equals("Amazon EC2")) {
            return Optional.of(new Cloud("Amazon EC2", type(dmi.product()), dmi.toString()));
        }
        if (dmi.biosVersion().endsWith(".amazon")) {
            return Optional.of(new Cloud("Amazon EC2", notInDmi(), "DMI bios_version \"" + dmi.biosVersion() + "\""));
        }
        // Xen's instances (AWS: "Inspecting the system UUID").
        return xenUuid(root) instanceof Capability.Available<String> uuid
                        && uuid.value().toLowerCase(Locale.ROOT).startsWith("ec2")
                ? Optional.of(new Cloud("Amazon EC2", notInDmi(), "/sys/hypervisor/uuid begins with ec2"))
                : Optional.empty();
    }

    private static Optional<Cloud> google(Dmi dmi) {
        return dmi.product().equals("Google Compute Engine")
                ? Optional.of(new Cloud("Google Compute Engine", notInDmi(), dmi.toString()))
                : Optional.empty();
    }

    private static Optional<Cloud> others(Dmi dmi) {
        String byTag = BY_CHASSIS_TAG.get(dmi.chassisAssetTag());
        if (byTag != null) {
            return Optional.of(new Cloud(byTag, notInDmi(), "DMI chassis_asset_tag \"" + dmi.chassisAssetTag() + "\""));
        }
        if (dmi.product().startsWith("OpenStack ")) {
            return Optional.of(new Cloud("an OpenStack cloud", notInDmi(), dmi.toString()));
        }
        String byVendor = BY_VENDOR.get(dmi.vendor());
        if (byVendor == null) {
            return Optional.empty();
        }
        // Scaleway writes its offer, as in SCW-DEV1-S.
        return Optional.of(new Cloud(
                byVendor, dmi.product().startsWith("SCW-") ? type(dmi.product()) : notInDmi(), dmi.toString()));
    }

    private static Capability<String> type(String product) {
        return product.isEmpty() ? notInDmi() : Capability.available(product);
    }

    private static Capability<String> notInDmi() {
        return Capability.unavailable(
                "this cloud does not write the instance type into DMI", "ask the cloud's metadata service");
    }

    private static Capability<String> xenUuid(Path root) {
        return KernelFile.value(root.resolve("sys/hypervisor/uuid"));
    }
}
