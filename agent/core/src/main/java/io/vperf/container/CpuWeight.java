package io.vperf.container;

import io.vperf.shim.Capability;
import java.nio.file.Path;

/**
 * A cgroup's share of the CPU against its siblings, where they compete.
 *
 * @param value version 1: {@code cpu.shares}, 2 to 262,144, usually 1,024; version 2: {@code cpu.weight}, 1 to 10,000, usually
 *     100
 */
public record CpuWeight(int version, long value) {

    static Capability<CpuWeight> read(int version, Path folder) {
        return Numbers.inFile(folder.resolve(version == 1 ? "cpu.shares" : "cpu.weight"))
                .then(value -> Capability.available(new CpuWeight(version, value)));
    }
}
