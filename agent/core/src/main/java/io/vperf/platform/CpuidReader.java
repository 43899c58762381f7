package io.vperf.platform;

import io.vperf.shim.Capability;

/** The CPUID instruction of x86. Each call may be a VM exit of a microsecond or many: for start-up only. */
@FunctionalInterface
public interface CpuidReader {

    /**
     * The registers after the instruction: EAX, EBX, ECX, EDX, in this order.
     *
     * @param leaf into EAX; hypervisors answer from 0x40000000 on
     * @param subleaf into ECX
     * @return unavailable where there is no such instruction or no way to it
     */
    Capability<int[]> leaf(int leaf, int subleaf);
}
