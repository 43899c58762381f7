package io.vperf.shim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The processor's description of itself, on x86-64. Slow in a guest (each call is a VM exit): read at start only. */
public final class Cpuid {

    private static final int FEATURES = 1;
    private static final int HYPERVISOR_PRESENT = 1 << 31;
    private static final int HYPERVISOR = 0x40000000;

    private final Shim shim;
    private final NativeMemory registers = NativeMemory.allocate(4 * Integer.BYTES);

    private Cpuid(Shim shim) {
        this.shim = shim;
    }

    static Capability<Cpuid> of(Shim shim) {
        Cpuid cpuid = new Cpuid(shim);
        return shim.vperf_cpuid(0, 0, cpuid.registers.address()) == 0
                ? Capability.available(cpuid)
                : Capability.unavailable(
                        "CPUID is an instruction of x86-64, this is " + System.getProperty("os.arch"), "");
    }

    /**
     * EAX, EBX, ECX and EDX of a leaf. Above the highest leaf (EAX of leaf 0, 0x40000000 or 0x80000000) a processor
     * answers with something, not with an error: compare first.
     */
    public synchronized int[] leaf(int leaf, int subleaf) {
        int ignored = shim.vperf_cpuid(leaf, subleaf, registers.address());
        ByteBuffer values = registers.buffer();
        return new int[] {values.getInt(0), values.getInt(4), values.getInt(8), values.getInt(12)};
    }

    /** How the hypervisor signs itself: {@code KVMKVMKVM}, {@code XenVMMXenVMM}, {@code VMwareVMware}, ... */
    public Capability<String> hypervisorVendor() {
        if ((leaf(FEATURES, 0)[2] & HYPERVISOR_PRESENT) == 0) {
            return Capability.unavailable("no hypervisor: CPUID leaf 1 has ECX bit 31 clear", "");
        }
        int[] registers = leaf(HYPERVISOR, 0);
        ByteBuffer text = ByteBuffer.allocate(3 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        text.putInt(registers[1]).putInt(registers[2]).putInt(registers[3]);
        return Capability.available(new String(text.array(), StandardCharsets.US_ASCII).replace("\0", ""));
    }
}
