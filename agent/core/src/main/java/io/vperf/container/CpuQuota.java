package io.vperf.container;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much CPU time a cgroup may use per period (Documentation/scheduler/sched-bwc.rst).
 *
 * @param quotaUs microseconds, more than 0; empty if the cgroup sets no limit
 * @param periodUs microseconds, more than 0; empty where the cgroup has no cpu controller, as the root of version 2
 */
public record CpuQuota(OptionalLong quotaUs, OptionalLong periodUs) {

    private static final CpuQuota NO_CONTROLLER = new CpuQuota(OptionalLong.empty(), OptionalLong.empty());

    public boolean limited() {
        return quotaUs.isPresent() && periodUs.isPresent();
    }

    /** As a number of CPUs, which may be a fraction; unavailable where it is not limited. */
    public Capability<Double> cpus() {
        return limited()
                ? Capability.available((double) quotaUs.getAsLong() / periodUs.getAsLong())
                : Capability.unavailable("no quota is set", "");
    }

    static Capability<CpuQuota> read(int version, Path folder) {
        String first = version == 1 ? "cpu.cfs_quota_us" : "cpu.max";
        if (Files.isDirectory(folder) && Files.notExists(folder.resolve(first))) {
            // The kernel gives a cgroup the files of the controllers that work in it.
            return Capability.available(NO_CONTROLLER);
        }
        return version == 1 ? version1(folder) : version2(folder.resolve(first));
    }

    private static Capability<CpuQuota> version1(Path folder) {
        return KernelFile.value(folder.resolve("cpu.cfs_quota_us"))
                .then(quota -> KernelFile.value(folder.resolve("cpu.cfs_period_us"))
                        .then(period -> of(folder.toString(), quota.equals("-1"), quota, period)));
    }

    /** {@code $MAX $PERIOD} (Documentation/admin-guide/cgroup-v2.rst). */
    private static Capability<CpuQuota> version2(Path file) {
        return KernelFile.value(file).then(line -> {
            String[] fields = line.split(" ", -1);
            return fields.length == 2
                    ? of(file.toString(), fields[0].equals("max"), fields[0], fields[1])
                    : Numbers.notUnderstood(file, line);
        });
    }

    private static Capability<CpuQuota> of(String source, boolean unlimited, String quota, String period) {
        OptionalLong periodUs = Numbers.positive(period);
        OptionalLong quotaUs = unlimited ? OptionalLong.empty() : Numbers.positive(quota);
        return periodUs.isEmpty() || (quotaUs.isEmpty() && !unlimited)
                ? Numbers.notUnderstood(source, quota + " " + period)
                : Capability.available(new CpuQuota(quotaUs, periodUs));
    }
}
