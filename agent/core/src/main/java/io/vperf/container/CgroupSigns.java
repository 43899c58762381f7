package io.vperf.container;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the names of a process's cgroups tell of who made them. Each runtime has a habit; none is a promise. */
final class CgroupSigns {

    private static final Pattern KUBERNETES = Pattern.compile("/kubepods|kubepods-|kubelet");

    /** Most special first: a pod's container may run on Docker, whose name then stands behind the pod's. */
    private static final List<Habit> HABITS = List.of(
            new Habit(ContainerRuntime.PODMAN, "(^|/)libpod-(conmon-|payload-)?[0-9a-f]{12,}"),
            new Habit(ContainerRuntime.CRIO, "(^|/)crio-(conmon-)?[0-9a-f]{12,}"),
            new Habit(ContainerRuntime.CONTAINERD, "(cri-containerd[-:]|(^|/)nerdctl-)[0-9a-f]{12,}"),
            new Habit(ContainerRuntime.DOCKER, "(^|/)docker[-/]([^/]+/)*[0-9a-f]{12,}|^/ecs/"),
            new Habit(ContainerRuntime.LXC, "^/lxc/.|(^|/)lxc[.]payload[./]."),
            new Habit(ContainerRuntime.SYSTEMD_NSPAWN, "(^|/)systemd-nspawn@"));

    private record Habit(ContainerRuntime runtime, Pattern name) {

        Habit(ContainerRuntime runtime, String name) {
            this(runtime, Pattern.compile(name));
        }
    }

    private CgroupSigns() {}

    static List<Sign> of(CgroupMembership membership) {
        List<Sign> signs = new ArrayList<>();
        for (Habit habit : HABITS) {
            membership.entries().stream()
                    .map(CgroupMembership.Entry::path)
                    .filter(path -> habit.name.matcher(path).find())
                    .findFirst()
                    .ifPresent(path -> signs.add(new Sign(habit.runtime, "cgroup " + path)));
        }
        return signs;
    }

    static boolean kubernetes(CgroupMembership membership) {
        return membership.entries().stream()
                .anyMatch(entry -> KUBERNETES.matcher(entry.path()).find());
    }
}
