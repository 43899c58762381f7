package io.vperf.container;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;

/**
 * The cgroups that bound a process's CPU time. A quota of any of them binds it.
 *
 * @param version of the hierarchy that the cpu controller works in, 1 or 2
 * @param levels the process's own first, the highest that can be seen last; never empty
 * @param reachesRoot whether the last is the root of the hierarchy; if not, a limit may hide above it
 */
public record CpuCgroups(int version, List<CpuLevel> levels, boolean reachesRoot) {

    public CpuCgroups {
        levels = List.copyOf(levels);
    }

    /** Of this process. */
    public static Capability<CpuCgroups> ofSelf(Path root) {
        return read(root, "self");
    }

    static Capability<CpuCgroups> read(Path root, String process) {
        return CgroupFolder.find(root, process, "cpu")
                .then(found -> Capability.available(new CpuCgroups(
                        found.version(),
                        found.levels().stream()
                                .map(level -> CpuLevel.read(found.version(), level))
                                .toList(),
                        found.reachesRoot())));
    }

    /** Those known to have a limit, in the order of {@link #levels}. */
    public List<CpuLevel> limited() {
        return levels.stream().filter(CpuLevel::limited).toList();
    }
}
