package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How this Linux runs on Xen.
 *
 * @param mode PV, PVH or HVM ({@code /sys/hypervisor/guest_type}, Linux 4.13; PV also by its features)
 * @param dom0 whether it is the domain that rules the machine
 * @param version of Xen, such as {@code 4.17.3}
 */
public record XenGuest(Capability<String> mode, Capability<Boolean> dom0, Capability<String> version) {

    /** XENFEAT_auto_translated_physmap and XENFEAT_dom0 (include/xen/interface/features.h). */
    private static final int AUTO_TRANSLATED = 2;

    private static final int DOM0 = 11;

    /** What the files tell; of no use where this is not Xen. */
    static XenGuest read(Path root) {
        Path sys = root.resolve("sys/hypervisor");
        Capability<Long> features =
                KernelFile.value(sys.resolve("properties/features")).then(XenGuest::hexadecimal);
        return new XenGuest(mode(sys, features), dom0(root, features), version(sys.resolve("version")));
    }

    private static Capability<String> mode(Path sys, Capability<Long> features) {
        Capability<String> type = KernelFile.value(sys.resolve("guest_type"));
        if (type instanceof Capability.Available<String> told) {
            return told.value().matches("PV|PVH|HVM")
                    ? type
                    : Capability.unavailable("guest_type is \"" + told.value() + "\", which is not understood", "");
        }
        return features.then(bits -> isSet(bits, AUTO_TRANSLATED)
                ? Capability.unavailable("PVH or HVM: this kernel has no /sys/hypervisor/guest_type", "")
                : Capability.available("PV"));
    }

    private static Capability<Boolean> dom0(Path root, Capability<Long> features) {
        if (features instanceof Capability.Available<Long> bits) {
            return Capability.available(isSet(bits.value(), DOM0));
        }
        // Where the file system of /proc/xen is mounted; it names "control_d" in dom0 and is empty in others.
        return KernelFile.headText(root.resolve("proc/xen/capabilities"), 4096)
                .then(text -> Capability.available(
                        Arrays.asList(text.strip().split(",", -1)).contains("control_d")));
    }

    private static Capability<String> version(Path folder) {
        return KernelFile.value(folder.resolve("major"))
                .then(major -> KernelFile.value(folder.resolve("minor"))
                        .then(minor -> Capability.available(
                                major + "." + minor + extra(KernelFile.value(folder.resolve("extra"))))));
    }

    private static String extra(Capability<String> extra) {
        return extra instanceof Capability.Available<String> told ? told.value() : "";
    }

    private static Capability<Long> hexadecimal(String text) {
        return text.matches("(0x)?[0-9a-fA-F]{1,15}")
                ? Capability.available(Long.parseLong(text.replaceFirst("^0x", ""), 16))
                : Capability.unavailable("Xen's features are \"" + text + "\", which is not understood", "");
    }

    private static boolean isSet(long bits, int bit) {
        return (bits >> bit & 1) != 0;
    }
}
