package io.vperf.platform;

import io.vperf.shim.Capability;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A processor of one's own making; leaves it was not given answer 0. */
final class FakeCpuid implements CpuidReader {

    static final CpuidReader NONE = (leaf, subleaf) -> Capability.unavailable("no CPUID here", "");

    private final Map<Integer, int[]> leaves = new HashMap<>();

    static FakeCpuid bareMetal() {
        return new FakeCpuid();
    }

    static FakeCpuid hypervisor(String signature) {
        FakeCpuid cpuid = new FakeCpuid().with(Cpuid.BASE, signature);
        cpuid.leaves.put(1, new int[] {0, 0, 1 << 31, 0});
        return cpuid;
    }

    FakeCpuid with(int base, String signature) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(signature.getBytes(StandardCharsets.US_ASCII), 12))
                .order(ByteOrder.LITTLE_ENDIAN);
        leaves.put(base, new int[] {base + 1, bytes.getInt(), bytes.getInt(), bytes.getInt()});
        return this;
    }

    FakeCpuid withKvmStealTime(int base) {
        leaves.put(base + 1, new int[] {1 << 5, 0, 0, 0});
        return this;
    }

    /** EAX and EDX of a leaf. */
    FakeCpuid with(int leaf, int eax, int edx) {
        leaves.put(leaf, new int[] {eax, 0, 0, edx});
        return this;
    }

    FakeCpuid withInvariantTsc() {
        return with(0x80000000, 0x80000008, 0).with(0x80000007, 0, 1 << 8);
    }

    @Override
    public Capability<int[]> leaf(int leaf, int subleaf) {
        return Capability.available(leaves.getOrDefault(leaf, new int[4]).clone());
    }
}
