package io.vperf.container;

import io.vperf.linux.KernelFile;
import io.vperf.linux.KernelRelease;
import io.vperf.linux.MountInfo;
import io.vperf.shim.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What container a process is in.
 *
 * @param name for people, with what it was told from; unavailable where there is none or it is unknown, with the reason
 * @param kubernetes whether it is of a pod
 * @param evidence all that looked like a container, the strongest first, also what was not believed
 */
public record Container(
        ContainerRuntime runtime, Capability<String> name, Capability<Boolean> kubernetes, List<String> evidence) {

    private static final int MAX_ENVIRONMENT = 1 << 20;

    public Container {
        evidence = List.copyOf(evidence);
    }

    /**
     * In this order: gVisor's kernel; what a manager wrote down for systemd; the names of cgroups; mounts; files that
     * runtimes leave; {@code $container}, which images bring along too; lxcfs.
     *
     * @param process its number or {@code self}
     */
    static Container read(Path root, String process) {
        Path folder = root.resolve("proc").resolve(process);
        Path itsRoot = process.equals("self") ? root : folder.resolve("root");
        Capability<CgroupMembership> membership = CgroupMembership.read(root, process);
        Capability<MountInfo> mounts = MountInfo.read(root, process);
        String environment = text(KernelFile.headText(folder.resolve("environ"), MAX_ENVIRONMENT));

        List<Sign> signs = new ArrayList<>();
        if (KernelRelease.read(root) instanceof Capability.Available<KernelRelease> kernel
                && kernel.value().isGvisor()) {
            signs.add(
                    new Sign(ContainerRuntime.GVISOR, "kernel " + kernel.value().release() + " is gVisor's"));
        }
        for (String file : new String[] {"run/host/container-manager", "run/systemd/container"}) {
            String manager = text(KernelFile.value(itsRoot.resolve(file)));
            // systemd takes WSL for a container; it is a virtual machine, or a system call layer in Windows.
            if (!manager.isEmpty() && !manager.equals("wsl")) {
                signs.add(new Sign(ContainerRuntime.named(manager), "/" + file + " \"" + manager + "\""));
            }
        }
        Optional<String> disk = Optional.empty();
        boolean kubernetes = environment.contains("KUBERNETES_SERVICE_HOST=");
        boolean overlay = false;
        if (membership instanceof Capability.Available<CgroupMembership> known) {
            signs.addAll(CgroupSigns.of(known.value()));
            kubernetes |= CgroupSigns.kubernetes(known.value());
        }
        if (mounts instanceof Capability.Available<MountInfo> known) {
            signs.addAll(MountSigns.of(known.value()));
            kubernetes |= MountSigns.kubernetes(known.value());
            disk = MountSigns.wholeDisk(known.value());
            overlay = MountSigns.overlay(known.value());
        }
        List<Sign> leftovers = leftovers(itsRoot, environment);
        List<String> disbelieved = new ArrayList<>();
        if (disk.isPresent()) {
            for (Sign sign : leftovers) {
                disbelieved.add(sign.evidence() + " is not believed: the root file system is all of " + disk.get());
            }
        } else {
            signs.addAll(leftovers);
        }
        if (mounts instanceof Capability.Available<MountInfo> known) {
            MountSigns.lxcfs(known.value()).ifPresent(signs::add);
        }
        return decide(signs, disbelieved, kubernetes, overlay, membership, mounts);
    }

    private static List<Sign> leftovers(Path itsRoot, String environment) {
        List<Sign> signs = new ArrayList<>();
        if (Files.exists(itsRoot.resolve("run/.containerenv"))) {
            signs.add(new Sign(ContainerRuntime.PODMAN, "/run/.containerenv"));
        }
        if (Files.exists(itsRoot.resolve(".dockerenv"))) {
            signs.add(new Sign(ContainerRuntime.DOCKER, "/.dockerenv"));
        }
        Arrays.stream(environment.split("\0", -1))
                .filter(variable -> variable.startsWith("container=") && variable.length() > "container=".length())
                .findFirst()
                .map(variable -> variable.substring("container=".length()))
                .ifPresent(name -> signs.add(new Sign(ContainerRuntime.named(name), "environment container=" + name)));
        return signs;
    }

    private static Container decide(
            List<Sign> signs,
            List<String> disbelieved,
            boolean kubernetes,
            boolean overlay,
            Capability<CgroupMembership> membership,
            Capability<MountInfo> mounts) {
        List<String> evidence =
                new ArrayList<>(signs.stream().map(Sign::evidence).distinct().toList());
        evidence.addAll(disbelieved);
        Capability<Boolean> inPod =
                kubernetes ? Capability.available(true) : mounts.then(known -> Capability.available(false));
        if (!signs.isEmpty()) {
            Sign first = signs.get(0);
            String pod = kubernetes ? " in a Kubernetes pod" : "";
            String name = first.runtime().title() + pod + " (" + first.evidence() + ")";
            return new Container(first.runtime(), Capability.available(name), inPod, evidence);
        }
        Optional<String> doubt = doubt(kubernetes, overlay, membership, mounts);
        return doubt.isPresent()
                ? new Container(ContainerRuntime.UNKNOWN, Capability.unavailable(doubt.get(), ""), inPod, evidence)
                : new Container(
                        ContainerRuntime.NONE,
                        Capability.unavailable("no container shows itself, neither by cgroups nor by mounts", ""),
                        inPod,
                        evidence);
    }

    private static Optional<String> doubt(
            boolean kubernetes,
            boolean overlay,
            Capability<CgroupMembership> membership,
            Capability<MountInfo> mounts) {
        if (kubernetes) {
            return Optional.of("this is a Kubernetes pod, and nothing names its runtime");
        }
        if (mounts instanceof Capability.Unavailable<MountInfo> not) {
            return Optional.of("whether this is a container is unknown: " + not.reason());
        }
        if (overlay) {
            return Optional.of("the root file system is an overlay, as in containers, and nothing names a runtime");
        }
        return membership instanceof Capability.Unavailable<CgroupMembership> not
                ? Optional.of("whether this is a container is unknown: " + not.reason())
                : Optional.empty();
    }

    private static String text(Capability<String> read) {
        return read instanceof Capability.Available<String> known ? known.value() : "";
    }
}
