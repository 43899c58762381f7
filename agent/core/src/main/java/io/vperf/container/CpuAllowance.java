package io.vperf.container;

import io.vperf.shim.Capability;
import java.util.Optional;

/**
 * How many CPUs the cgroups leave to a JVM, and how many it believes to have. The two may differ: before JDK 24 a JVM
 * looks at its own cgroup and not at the limits above (JDK-8322420), and {@code -XX:ActiveProcessorCount} overrules all.
 *
 * <p>A limit above the highest cgroup that can be seen is not in it: see {@link CpuCgroups#reachesRoot}.
 *
 * @param jvmProcessors {@code Runtime.availableProcessors()}; unavailable of another JVM
 * @param cpus the tightest quota or cpuset that can be seen, which may be a fraction
 * @param source which one that is
 */
public record CpuAllowance(Capability<Integer> jvmProcessors, Capability<Double> cpus, String source) {

    static CpuAllowance of(
            Capability<Integer> jvmProcessors, Capability<CpuCgroups> cpu, Capability<CpusetCgroups> cpuset) {
        if (!(cpu instanceof Capability.Available<CpuCgroups> cgroups)) {
            return new CpuAllowance(jvmProcessors, cpu.then(known -> Capability.unavailable("", "")), "");
        }
        double least = Double.POSITIVE_INFINITY;
        String source = "";
        if (cpuset.then(CpusetCgroups::effective) instanceof Capability.Available<CpuList> list) {
            least = list.value().count();
            source = "cpuset " + list.value().text();
        }
        for (CpuLevel level : cgroups.value().levels()) {
            if (level.quota() instanceof Capability.Unavailable<CpuQuota> unknown) {
                return new CpuAllowance(jvmProcessors, Capability.unavailable(unknown.reason(), unknown.remedy()), "");
            }
            Optional<Double> cpus = level.quota().then(CpuQuota::cpus) instanceof Capability.Available<Double> limit
                    ? Optional.of(limit.value())
                    : Optional.empty();
            if (cpus.isPresent() && cpus.get() < least) {
                least = cpus.get();
                source = "quota of cgroup " + level.path();
            }
        }
        return new CpuAllowance(
                jvmProcessors,
                source.isEmpty()
                        ? Capability.unavailable("no cgroup that can be seen sets a quota or a cpuset", "")
                        : Capability.available(least),
                source);
    }

    /** Whether the JVM believes to have more CPUs than it is given, rounded up: it then starts too many threads. */
    public boolean jvmBelievesMore() {
        return jvmProcessors instanceof Capability.Available<Integer> believed
                && cpus instanceof Capability.Available<Double> given
                && believed.value() > Math.ceil(given.value());
    }
}
