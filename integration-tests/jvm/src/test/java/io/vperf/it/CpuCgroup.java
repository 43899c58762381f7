package io.vperf.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Quotas on CPU time of this machine, by the version of cgroups that has them here. */
final class CpuCgroup {

    private static final Path V1 = Path.of("/sys/fs/cgroup/cpu");

    /** Alone, or beside version 1. */
    private static final List<Path> V2 = List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"));

    private CpuCgroup() {}

    /** Where a group can be made that has a quota; null if nowhere. */
    static @Nullable Path parent() throws IOException {
        if (Files.isWritable(V1.resolve("cgroup.procs"))) {
            return V1;
        }
        for (Path root : V2) {
            Path control = root.resolve("cgroup.subtree_control");
            if (Files.isWritable(control)
                    && List.of(Files.readString(control).trim().split(" ")).contains("cpu")) {
                return root;
            }
        }
        return null;
    }

    static void setQuota(Path group, int us, int periodUs) throws IOException {
        if (group.startsWith(V1)) {
            Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(periodUs));
            Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(us));
        } else {
            Files.writeString(group.resolve("cpu.max"), us + " " + periodUs);
        }
    }
}
