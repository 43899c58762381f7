package io.vperf.container;

import io.vperf.shim.Capability;
import java.nio.file.Path;

/**
 * What one cgroup says of CPU time.
 *
 * @param path from the highest cgroup that can be seen, which is {@code /}
 * @param folder where its files are
 * @param quota available and without a limit where the cgroup sets none
 * @param throttling as far as it had come when this was read; unavailable where no cpu controller works
 */
public record CpuLevel(
        String path,
        Path folder,
        Capability<CpuQuota> quota,
        Capability<CpuWeight> weight,
        Capability<Throttling> throttling) {

    static CpuLevel read(int version, CgroupFolder.Level level) {
        Path folder = level.folder();
        try (ThrottleFile file = new ThrottleFile(folder)) {
            return new CpuLevel(
                    level.path(), folder, CpuQuota.read(version, folder), CpuWeight.read(version, folder), file.read());
        }
    }

    /** Whether it is known to have a limit. */
    public boolean limited() {
        return quota instanceof Capability.Available<CpuQuota> known
                && known.value().limited();
    }

    /** Its counters, to be read again and again. To be closed. */
    public ThrottleFile throttleFile() {
        return new ThrottleFile(folder);
    }
}
