package io.vperf.platform;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the device tree says of a hypervisor, on Arm, Power and RISC-V. Properties are texts that end in a NUL, several of
 * them in a list.
 */
final class DeviceTree {

    private static final int MAX_BYTES = 4096;

    private DeviceTree() {}

    /** Empty where there is no device tree or it does not tell. */
    static Optional<Hypervisor> hypervisor(Path root) {
        Path tree = root.resolve("proc/device-tree");
        List<String> node = texts(tree.resolve("hypervisor/compatible"));
        if (!node.isEmpty()) {
            return Optional.of(byNode(node));
        }
        List<String> compatible = texts(tree.resolve("compatible"));
        String model = texts(tree.resolve("model")).stream().findFirst().orElse("");
        if (model.contains("emulated by qemu") || compatible.contains("qemu,pseries")) {
            // QEMU's pSeries machine has the hypervisor node if it runs on KVM.
            return found(HypervisorKind.QEMU_TCG, "model", model);
        }
        if (Files.exists(tree.resolve("ibm,partition-name"))) {
            return found(HypervisorKind.POWERVM, "ibm,partition-name", text(tree.resolve("ibm,partition-name")));
        }
        if (compatible.contains("linux,dummy-virt") || hasFirmwareConfig(tree)) {
            // The board of QEMU, Firecracker and others, with KVM, TCG or another below.
            return Optional.of(new Hypervisor(
                    HypervisorKind.UNKNOWN,
                    StealClock.UNKNOWN,
                    Capability.available("an unknown hypervisor (device tree of a virtual board, \""
                            + compatible.stream().findFirst().orElse(model) + "\")")));
        }
        return model.isEmpty()
                ? Optional.empty()
                : Optional.of(Hypervisor.none(
                        "the device tree is of a board, \"" + model + "\", and has no hypervisor node"));
    }

    private static Hypervisor byNode(List<String> node) {
        String all = String.join(" ", node);
        HypervisorKind kind = node.contains("linux,kvm")
                ? HypervisorKind.KVM
                : all.contains("xen")
                        ? HypervisorKind.XEN
                        : all.contains("vmware") ? HypervisorKind.VMWARE : HypervisorKind.UNKNOWN;
        return Hypervisor.found(
                kind, kind.clock(), kind.title() + " (device tree hypervisor/compatible \"" + node.get(0) + "\")");
    }

    private static Optional<Hypervisor> found(HypervisorKind kind, String property, String value) {
        return Optional.of(Hypervisor.found(
                kind, kind.clock(), kind.title() + " (device tree " + property + " \"" + value + "\")"));
    }

    /** QEMU's way to hand things to its firmware: a node such as {@code fw-cfg@9020000}. */
    private static boolean hasFirmwareConfig(Path tree) {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(tree, "fw-cfg*")) {
            return names.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }

    private static String text(Path property) {
        return texts(property).stream().findFirst().orElse("");
    }

    private static List<String> texts(Path property) {
        return KernelFile.headText(property, MAX_BYTES) instanceof Capability.Available<String> read
                ? Arrays.stream(read.value().split("\0", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList()
                : List.of();
    }
}
