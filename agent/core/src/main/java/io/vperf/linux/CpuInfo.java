package io.vperf.linux;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * What {@code /proc/cpuinfo} says of the first processor. The file's form is each architecture's own; these fields are
 * x86's (arch/x86/kernel/cpu/proc.c), and unavailable on others.
 *
 * @param vendorId such as {@code GenuineIntel}
 * @param modelName for people; a hypervisor may set it
 * @param flags what Linux has found and uses of the processor's features
 * @param hypervisor whether the flag {@code hypervisor} is there: bit 31 of ECX of CPUID leaf 1, which processors leave
 *     clear and hypervisors set unless they hide
 */
public record CpuInfo(
        Capability<String> vendorId,
        Capability<String> modelName,
        Capability<Set<String>> flags,
        Capability<Boolean> hypervisor) {

    /** The first processor's lines take 2 to 4 kB; a machine of 256 would write 400 kB. */
    private static final int MAX_BYTES = 32 << 10;

    /** Unavailable only where the file cannot be read. */
    public static Capability<CpuInfo> read(Path root) {
        return KernelFile.map(KernelFile.headText(root.resolve("proc/cpuinfo"), MAX_BYTES), CpuInfo::parse);
    }

    static CpuInfo parse(String text) {
        Capability<Set<String>> flags =
                KernelFile.map(field(text, "flags"), line -> Set.copyOf(Arrays.asList(line.split("\\s+", -1))));
        Capability<Boolean> hypervisor = KernelFile.map(flags, known -> known.contains("hypervisor"));
        return new CpuInfo(field(text, "vendor_id"), field(text, "model name"), flags, hypervisor);
    }

    /** A line: name, tabs, colon, space, value. The empty line after the first processor ends the search. */
    private static Capability<String> field(String text, String name) {
        for (String line : text.split("\n", -1)) {
            if (line.isBlank()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                String value = line.substring(colon + 1).strip();
                if (!value.isEmpty()) {
                    return Capability.available(value);
                }
            }
        }
        return Capability.unavailable("/proc/cpuinfo has no field \"" + name + "\"", "");
    }
}
