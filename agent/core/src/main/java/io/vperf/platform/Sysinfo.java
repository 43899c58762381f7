package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc/sysinfo} of an IBM Z says lies below (arch/s390/kernel/sysinfo.c, from the instruction STSI).
 *
 * @param controlPrograms of the virtual machines around this Linux, the innermost first, such as {@code z/VM    7.1.0}
 * @param partition the name of the logical partition around them all, or empty
 */
record Sysinfo(List<String> controlPrograms, String partition) {

    private static final int MAX_BYTES = 64 << 10;

    Sysinfo {
        controlPrograms = List.copyOf(controlPrograms);
    }

    /** Empty on other processors. */
    static Optional<Sysinfo> read(Path root) {
        return KernelFile.headText(root.resolve("proc/sysinfo"), MAX_BYTES) instanceof Capability.Available<String> text
                ? Optional.of(parse(text.value()))
                : Optional.empty();
    }

    static Sysinfo parse(String text) {
        List<String> programs = new ArrayList<>();
        String partition = "";
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (name.matches("VM[0-9]+ Control Program") && !value.isEmpty()) {
                programs.add(value);
            } else if (name.equals("LPAR Name")) {
                partition = value;
            }
        }
        return new Sysinfo(programs, partition);
    }

    Optional<Hypervisor> hypervisor() {
        if (!controlPrograms.isEmpty()) {
            String program = controlPrograms.get(0);
            HypervisorKind kind = program.startsWith("z/VM")
                    ? HypervisorKind.ZVM
                    : program.startsWith("KVM") ? HypervisorKind.KVM : HypervisorKind.UNKNOWN;
            return found(kind, "VM00 Control Program", program);
        }
        return partition.isEmpty() ? Optional.empty() : found(HypervisorKind.PRSM, "LPAR Name", partition);
    }

    /** What lies below the innermost, or empty. */
    String below() {
        List<String> below =
                new ArrayList<>(controlPrograms.subList(Math.min(1, controlPrograms.size()), controlPrograms.size()));
        if (!controlPrograms.isEmpty() && !partition.isEmpty()) {
            below.add("logical partition " + partition);
        }
        return String.join(" in ", below);
    }

    private static Optional<Hypervisor> found(HypervisorKind kind, String field, String value) {
        return Optional.of(Hypervisor.found(
                kind, kind.clock(), kind.title() + " (/proc/sysinfo " + field + " \"" + value + "\")"));
    }
}
