package io.vperf;

import io.vperf.platform.CpuidReader;
import io.vperf.shim.Capability;
import io.vperf.shim.Cpuid;
import io.vperf.shim.Natives;

/** CPUID through the shim, as the platform package wants it. */
public final class Cpuids {

    private Cpuids() {}

    public static CpuidReader reader(Capability<Natives> natives) {
        if (natives instanceof Capability.Unavailable<Natives> none) {
            return (leaf, subleaf) -> Capability.unavailable(none.reason(), none.remedy());
        }
        Capability<Cpuid> cpuid =
                ((Capability.Available<Natives>) natives).value().cpuid();
        if (cpuid instanceof Capability.Available<Cpuid> there) {
            return (leaf, subleaf) -> Capability.available(there.value().leaf(leaf, subleaf));
        }
        Capability.Unavailable<Cpuid> not = (Capability.Unavailable<Cpuid>) cpuid;
        return (leaf, subleaf) -> Capability.unavailable(not.reason(), not.remedy());
    }
}
