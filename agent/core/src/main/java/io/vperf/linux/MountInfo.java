package io.vperf.linux;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The mounts this process sees ({@code /proc/self/mountinfo}; format: proc_pid_mountinfo(5)), as far as it tells whose
 * text a file holds. Container managers mount lxcfs, a FUSE file system, over single files such as {@code /proc/stat};
 * what those show is computed, not counted by the kernel.
 */
public final class MountInfo {

    private static final int MAX_BYTES = 4 << 20;

    /** A line: id, parent, device, root, mount point, options, optional fields, a hyphen, type, source, options. */
    private static final int MOUNT_POINT_FIELD = 4;

    private final String text;

    private MountInfo(String text) {
        this.text = text;
    }

    /** Of the process itself, as seen below {@code root}. */
    public static Capability<MountInfo> read(Path root) {
        return KernelFile.map(KernelFile.headText(root.resolve("proc/self/mountinfo"), MAX_BYTES), MountInfo::parse);
    }

    static MountInfo parse(String text) {
        return new MountInfo(text);
    }

    /**
     * The type of the file system mounted exactly at a path, the uppermost if there are several: {@code fuse.lxcfs} for
     * lxcfs. Empty where nothing is mounted.
     *
     * @param mountPoint absolute, as the kernel writes it: white space and backslash in octal ({@code \040})
     */
    public Optional<String> typeAt(String mountPoint) {
        Optional<String> uppermost = Optional.empty();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            if (fields.length > MOUNT_POINT_FIELD && fields[MOUNT_POINT_FIELD].equals(mountPoint)) {
                uppermost = type(fields);
            }
        }
        return uppermost;
    }

    private static Optional<String> type(String[] fields) {
        // The optional fields are as many as the kernel likes; a lone hyphen ends them.
        for (int i = MOUNT_POINT_FIELD + 2; i + 1 < fields.length; i++) {
            if (fields[i].equals("-")) {
                return fields[i + 1].isEmpty() ? Optional.empty() : Optional.of(fields[i + 1]);
            }
        }
        return Optional.empty();
    }
}
