package io.vperf.container;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;

/**
 * The cgroups that bound which CPUs a process may use. With version 1 they need not be those of {@link CpuCgroups}.
 *
 * @param version of the hierarchy that the cpuset controller works in, 1 or 2
 * @param levels the process's own first, the highest that can be seen last; never empty
 */
public record CpusetCgroups(int version, List<CpusetLevel> levels) {

    public CpusetCgroups {
        levels = List.copyOf(levels);
    }

    static Capability<CpusetCgroups> read(Path root, String process) {
        return CgroupFolder.find(root, process, "cpuset")
                .then(found -> Capability.available(new CpusetCgroups(
                        found.version(),
                        found.levels().stream()
                                .map(level -> CpusetLevel.read(found.version(), level))
                                .toList())));
    }

    /** The set in force: that of the lowest level that tells one, which holds for those below it. */
    public Capability<CpuList> effective() {
        for (CpusetLevel level : levels) {
            if (level.effective() instanceof Capability.Available<CpuList>) {
                return level.effective();
            }
        }
        return levels.get(0).effective();
    }
}
