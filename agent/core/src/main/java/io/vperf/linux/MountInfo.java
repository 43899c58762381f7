package io.vperf.linux;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The mounts a process sees ({@code /proc/PID/mountinfo}). They tell whose text a file holds: container managers mount
 * lxcfs, a FUSE file system, over single files such as {@code /proc/stat}; what those show is computed, not counted by
 * the kernel. They tell where cgroups are, and what a container was made of.
 *
 * @param mounts in the kernel's order: of several at one point the last is the uppermost
 */
public record MountInfo(List<Mount> mounts) {

    private static final int MAX_BYTES = 4 << 20;

    public MountInfo {
        mounts = List.copyOf(mounts);
    }

    /** Of the process itself, as seen below {@code root}. */
    public static Capability<MountInfo> read(Path root) {
        return read(root, "self");
    }

    /**
     * Of a process, as seen below {@code root}.
     *
     * @param process its number or {@code self}
     */
    public static Capability<MountInfo> read(Path root, String process) {
        return KernelFile.map(
                KernelFile.headText(root.resolve("proc").resolve(process).resolve("mountinfo"), MAX_BYTES),
                MountInfo::parse);
    }

    static MountInfo parse(String text) {
        return new MountInfo(
                text.lines().map(Mount::parse).flatMap(Optional::stream).toList());
    }

    /**
     * The type of the file system mounted exactly at a path, the uppermost if there are several: {@code fuse.lxcfs} for
     * lxcfs. Empty where nothing is mounted.
     */
    public Optional<String> typeAt(String mountPoint) {
        return at(mountPoint).map(Mount::type);
    }

    /** The uppermost mount exactly at a path. */
    public Optional<Mount> at(String mountPoint) {
        return mounts.stream().filter(mount -> mount.point().equals(mountPoint)).reduce((below, above) -> above);
    }
}
