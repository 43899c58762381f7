package io.vperf.platform;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Map;

/**
 * All verdicts of this package, from one reading of the files. Made once at start; immutable.
 *
 * @param hypervisor its name with the text it was told from
 * @param kernelKind whether thread CPU time contains steal
 * @param stealSource whether the steal column can be believed, as far as known at start
 */
public record Platform(
        HostInfo host, Capability<String> hypervisor, KernelKindVerdict kernelKind, StealSource stealSource) {

    /**
     * Reads all files once.
     *
     * @param root where the file system begins, {@code /} in production
     * @param environment {@code System.getenv()} in production
     */
    public static Platform read(Path root, CpuidReader cpuid, Map<String, String> environment) {
        Evidence evidence = Evidence.read(root, cpuid);
        return new Platform(
                HostInfo.read(root, environment),
                evidence.hypervisor().name(),
                KernelKindVerdict.decide(evidence),
                StealSource.decide(evidence));
    }
}
