package io.vperf.container;

import io.vperf.linux.Mount;
import io.vperf.linux.MountInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a process's mounts tell of who made them: runtimes give each container a few files of its own, from a folder of
 * theirs, and lay its root file system over one. That is seen also where a cgroup namespace hides the cgroup's name.
 */
final class MountSigns {

    private static final Set<String> OWN_FILES = Set.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf");

    private MountSigns() {}

    static List<Sign> of(MountInfo mounts) {
        List<Sign> signs = new ArrayList<>();
        boolean pod = kubernetes(mounts);
        for (Mount mount : mounts.mounts()) {
            if (OWN_FILES.contains(mount.point())) {
                runtime(mount.root(), pod)
                        .ifPresent(runtime ->
                                signs.add(new Sign(runtime, "mount of " + mount.root() + " at " + mount.point())));
            }
            if (mount.point().startsWith("/dev/.lxc") || mount.point().startsWith("/dev/.lxd-mounts")) {
                signs.add(new Sign(ContainerRuntime.LXC, "mount at " + mount.point()));
            }
        }
        mounts.at("/")
                .ifPresent(root -> root.superOptions().stream()
                        .filter(option -> option.startsWith("upperdir="))
                        .forEach(upper -> runtime(upper, pod)
                                .ifPresent(runtime -> signs.add(new Sign(runtime, "root file system over " + upper)))));
        return signs;
    }

    /** Docker first: with containerd's image store its root file systems are in containerd's folder. */
    private static Optional<ContainerRuntime> runtime(String folder, boolean pod) {
        if (folder.contains("/docker/containers/") || folder.contains("/docker/overlay2/")) {
            return Optional.of(ContainerRuntime.DOCKER);
        }
        if (folder.contains("/overlay-containers/")
                || folder.contains("/containers/storage/")
                || folder.contains("/libpod/")) {
            // podman and CRI-O share their storage library; pods that kubelet made are CRI-O's.
            return Optional.of(pod ? ContainerRuntime.CRIO : ContainerRuntime.PODMAN);
        }
        if (folder.contains("/io.containerd.") || folder.contains("/nerdctl/")) {
            return Optional.of(ContainerRuntime.CONTAINERD);
        }
        return Optional.empty();
    }

    static boolean kubernetes(MountInfo mounts) {
        return mounts.mounts().stream()
                .anyMatch(mount -> mount.root().contains("/kubelet/pods/")
                        || mount.point().endsWith("/secrets/kubernetes.io/serviceaccount"));
    }

    /** lxcfs comes with LXC, and others can use it. */
    static Optional<Sign> lxcfs(MountInfo mounts) {
        return mounts.mounts().stream()
                .filter(mount -> mount.type().equals("fuse.lxcfs"))
                .findFirst()
                .map(mount -> new Sign(ContainerRuntime.LXC, "lxcfs mounted at " + mount.point()));
    }

    /**
     * Whether the root file system is all of a block device, as no runtime lays it. Docker's files in it then stem from an
     * image that became a machine's disk, as is the habit of makers of small virtual machines.
     */
    static Optional<String> wholeDisk(MountInfo mounts) {
        return mounts.at("/")
                .filter(root -> root.root().equals("/") && root.source().startsWith("/dev/"))
                .map(Mount::source);
    }

    static boolean overlay(MountInfo mounts) {
        return mounts.typeAt("/").filter("overlay"::equals).isPresent();
    }
}
