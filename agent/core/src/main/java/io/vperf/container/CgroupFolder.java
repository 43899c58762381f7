package io.vperf.container;

import io.vperf.linux.KernelFile;
import io.vperf.linux.Mount;
import io.vperf.linux.MountInfo;
import io.vperf.linux.OwnPid;
import io.vperf.shim.Capability;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the cgroup of a process is to be found for one controller.
 *
 * @param version 1 or 2
 * @param top the mount point, the highest cgroup that can be seen
 * @param names the way from there down to the process's own; empty if that is the top itself
 */
record CgroupFolder(int version, Path top, List<String> names) {

    /** Deeper than any: the kernel's limit is the length of a path. */
    private static final int MAX_DEPTH = 256;

    private static final int MAX_PROCS_BYTES = 1 << 20;

    CgroupFolder {
        names = List.copyOf(names);
    }

    /**
     * Version 1 if the controller is bound to it, else version 2: on hosts with both a controller works in one of them.
     *
     * @param process its number or {@code self}
     */
    static Capability<CgroupFolder> find(Path root, String process, String controller) {
        return CgroupMembership.read(root, process)
                .then(membership -> MountInfo.read(root).then(mounts -> {
                    Optional<String> bound = membership.version1(controller);
                    Optional<String> path = bound.or(membership::version2);
                    return path.isEmpty()
                            ? Capability.unavailable("no cgroup hierarchy has the controller " + controller, "")
                            : find(root, process, controller, bound.isPresent() ? 1 : 2, path.get(), mounts);
                }));
    }

    private static Capability<CgroupFolder> find(
            Path root, String process, String controller, int version, String path, MountInfo mounts) {
        List<Mount> candidates = mounts.mounts().stream()
                .filter(mount -> version == 2
                        ? mount.type().equals("cgroup2")
                        : mount.type().equals("cgroup") && mount.superOptions().contains(controller))
                .toList();
        String hierarchy = version == 2 ? "cgroup version 2" : "the cgroup version 1 hierarchy of " + controller;
        if (candidates.isEmpty()) {
            return Capability.unavailable(hierarchy + " is not mounted where this process can see it", "mount it");
        }
        for (Mount mount : candidates) {
            Path top = inside(root, mount.point());
            Optional<List<String>> names = below(mount.root(), path);
            if (names.isPresent() && Files.isDirectory(folder(top, names.get()))) {
                return Capability.available(new CgroupFolder(version, top, names.get()));
            }
        }
        // A folder of the hierarchy, mounted from another cgroup namespace: the names do not match, the process may be
        // there.
        for (Mount mount : candidates) {
            Path top = inside(root, mount.point());
            if (holds(top, root, process)) {
                return Capability.available(new CgroupFolder(version, top, List.of()));
            }
        }
        Mount first = candidates.get(0);
        return Capability.unavailable(
                "the cgroup " + path + " of " + hierarchy + " is not to be found below " + first.point() + ", where "
                        + first.root() + " of it is mounted",
                "mount " + hierarchy + " inside the cgroup namespace of this process");
    }

    /**
     * The names from a mount's root to a path, both told from one cgroup namespace; empty where the path is not below
     * it. {@code ..} is a name like any other as long as both begin with it.
     */
    static Optional<List<String>> below(String mountRoot, String path) {
        List<String> upper = names(mountRoot);
        List<String> all = names(path);
        if (all.size() > MAX_DEPTH
                || all.size() < upper.size()
                || !all.subList(0, upper.size()).equals(upper)) {
            return Optional.empty();
        }
        List<String> rest = all.subList(upper.size(), all.size());
        return rest.contains("..") ? Optional.empty() : Optional.of(rest);
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }

    private static boolean holds(Path top, Path root, String process) {
        String pid = process.equals("self") ? Long.toString(OwnPid.read(root)) : process;
        return KernelFile.headText(top.resolve("cgroup.procs"), MAX_PROCS_BYTES)
                        instanceof Capability.Available<String> procs
                && procs.value().lines().anyMatch(pid::equals);
    }

    /** An absolute path, seen below a root. */
    static Path inside(Path root, String absolute) {
        return folder(
                root,
                names(absolute).stream().filter(name -> !name.equals("..")).toList());
    }

    /** Nowhere, if a name is none: the caller then finds no folder. */
    private static Path folder(Path top, List<String> names) {
        try {
            Path folder = top;
            for (String name : names) {
                folder = folder.resolve(name);
            }
            return folder;
        } catch (InvalidPathException e) {
            return top.resolve("no-such-folder");
        }
    }

    /** The process's own cgroup first, then its parents, the top last. */
    List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        for (int depth = names.size(); depth >= 0; depth--) {
            List<String> part = names.subList(0, depth);
            levels.add(new Level("/" + String.join("/", part), folder(top, part)));
        }
        return levels;
    }

    /**
     * Whether the top is the root of the hierarchy, so that no limit hides above it. Version 1 has
     * {@code release_agent} there only, version 2 {@code cgroup.events} everywhere but there (kernel/cgroup/cgroup-v1.c,
     * cgroup.c: CFTYPE_ONLY_ON_ROOT, CFTYPE_NOT_ON_ROOT).
     */
    boolean reachesRoot() {
        return version == 1
                ? Files.exists(top.resolve("release_agent"))
                : Files.exists(top.resolve("cgroup.procs")) && Files.notExists(top.resolve("cgroup.events"));
    }

    /** @param path from the top */
    record Level(String path, Path folder) {}
}
