package io.vperf.container;

/** What started the container. */
public enum ContainerRuntime {
    /** Nothing looks like a container. */
    NONE("none"),
    DOCKER("Docker"),
    PODMAN("podman"),
    CONTAINERD("containerd"),
    CRIO("CRI-O"),
    LXC("LXC"),
    SYSTEMD_NSPAWN("systemd-nspawn"),
    GVISOR("gVisor"),
    /** One that is named, but not by a name known here. */
    OTHER("another container runtime"),
    /** What could tell cannot be read, or looks like a container and names none. */
    UNKNOWN("unknown");

    private final String title;

    ContainerRuntime(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The names that container managers give in {@code $container} (systemd's Container Interface). */
    static ContainerRuntime named(String name) {
        return switch (name) {
            case "docker" -> DOCKER;
            case "podman" -> PODMAN;
            case "lxc", "lxc-libvirt" -> LXC;
            case "systemd-nspawn" -> SYSTEMD_NSPAWN;
            default -> OTHER;
        };
    }
}
