package io.vperf.vmware;

import io.vperf.platform.CpuidReader;
import io.vperf.shim.Capability;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Whether VMware signs in CPUID (arch/x86/kernel/cpu/vmware.c). */
public final class VmwareCpuid {

    private static final int FEATURES = 1;
    private static final int HYPERVISOR_BIT = 1 << 31;
    private static final int SIGNATURE = 0x4000_0000;
    private static final String VMWARE = "VMwareVMware";

    private VmwareCpuid() {}

    /** Unavailable where CPUID cannot be read. */
    public static Capability<Boolean> isVmware(CpuidReader cpuid) {
        return cpuid.leaf(FEATURES, 0)
                .then(features -> (features[2] & HYPERVISOR_BIT) == 0
                        ? Capability.available(false)
                        : cpuid.leaf(SIGNATURE, 0)
                                .then(signature ->
                                        Capability.available(text(signature).equals(VMWARE))));
    }

    private static String text(int[] registers) {
        byte[] bytes = ByteBuffer.allocate(3 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(registers[1])
                .putInt(registers[2])
                .putInt(registers[3])
                .array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
