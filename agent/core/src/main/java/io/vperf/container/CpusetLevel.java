package io.vperf.container;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;

/**
 * What one cgroup says of which CPUs may be used.
 *
 * @param path from the highest cgroup that can be seen, which is {@code /}
 * @param configured what somebody asked for; unavailable where nobody did
 * @param effective what came of it, offline CPUs and the parents' sets taken into account
 */
public record CpusetLevel(String path, Capability<CpuList> configured, Capability<CpuList> effective) {

    static CpusetLevel read(int version, CgroupFolder.Level level) {
        Path folder = level.folder();
        return new CpusetLevel(
                level.path(),
                list(folder.resolve("cpuset.cpus")),
                list(folder.resolve(version == 1 ? "cpuset.effective_cpus" : "cpuset.cpus.effective")));
    }

    private static Capability<CpuList> list(Path file) {
        return KernelFile.value(file).then(text -> CpuList.parse(file, text));
    }
}
