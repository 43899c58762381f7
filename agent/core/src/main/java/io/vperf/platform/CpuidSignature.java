package io.vperf.platform;

/**
 * One interface that a hypervisor shows on x86; it may show several, as KVM does with Hyper-V's beside its own.
 *
 * @param base the leaf it stands in, 0x40000000 or a multiple of 0x100 above
 * @param highestLeaf of this interface, as it says; 0 from some
 * @param text the twelve characters, unprintable ones as spaces, without spaces around
 */
public record CpuidSignature(int base, int highestLeaf, String text) {

    /** What is known by this signature. */
    public HypervisorKind kind() {
        return HypervisorSignature.kind(text);
    }

    @Override
    public String toString() {
        return "CPUID 0x" + Integer.toHexString(base) + " \"" + text + "\"";
    }
}
