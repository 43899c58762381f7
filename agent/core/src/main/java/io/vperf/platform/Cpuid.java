package io.vperf.platform;

import io.vperf.shim.Capability;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is asked of CPUID. */
final class Cpuid {

    /** Where a hypervisor shows its signature in EBX, ECX, EDX (arch/x86/include/asm/cpuid/api.h). */
    static final int BASE = 0x4000_0000;

    /**
     * Where a second one stands: KVM or Xen behind the Hyper-V interface they show to Windows. No others than these two
     * are known to be used, and each look costs a VM exit (5 us on the machine this was written on): a start looks at
     * these two only, {@link #signatures} at all.
     */
    static final int SECOND_BASE = BASE + 0x100;

    /** Where Linux stops looking ({@code hypervisor_cpuid_base}, arch/x86/include/asm/cpuid/api.h). */
    private static final int BASES_END = 0x4001_0000;

    private static final int BASES_STEP = 0x100;

    private static final int EAX = 0;
    private static final int EBX = 1;
    private static final int ECX = 2;
    private static final int EDX = 3;
    private static final int REGISTERS = 4;

    private static final int HYPERVISOR_BIT = 1 << 31;
    private static final int KVM_STEAL_TIME_BIT = 1 << 5;
    private static final int KVM_STABLE_CLOCK_BIT = 1 << 24;
    private static final int HYPERV_FEATURES = BASE + 3;
    private static final int HYPERV_HINTS = BASE + 4;
    private static final int HYPERV_NESTED_BIT = 1 << 12;
    private static final int HYPERV_INVARIANT_TSC_BIT = 1 << 15;
    private static final int HIGHEST_EXTENDED = 0x8000_0000;
    private static final int POWER = 0x8000_0007;
    private static final int INVARIANT_TSC_BIT = 1 << 8;

    private final CpuidReader reader;

    Cpuid(CpuidReader reader) {
        this.reader = reader;
    }

    /** Whether a hypervisor admits to be there: leaf 1, ECX bit 31. Without it the leaves from {@link #BASE} on mean nothing. */
    Capability<Boolean> hypervisor() {
        return reader.leaf(1, 0)
                .then(registers -> registers.length == REGISTERS
                        ? Capability.available((registers[ECX] & HYPERVISOR_BIT) != 0)
                        : Capability.unavailable("CPUID cannot be read", ""));
    }

    /** The twelve characters at a base, unprintable ones as spaces, without spaces around; empty where there are none. */
    String signature(int base) {
        int[] registers = registers(base);
        return registers.length == 0 ? "" : text(registers);
    }

    /**
     * Every signature there is, at all 256 bases. Past its highest leaf a processor or hypervisor may answer with the data
     * of another, so that what is unknown counts only if its highest leaf lies behind its base.
     */
    List<CpuidSignature> signatures() {
        List<CpuidSignature> found = new ArrayList<>();
        for (int base = BASE; base < BASES_END; base += BASES_STEP) {
            int[] registers = registers(base);
            if (registers.length == 0) {
                return found;
            }
            String text = text(registers);
            boolean known = HypervisorSignature.of(text).isPresent();
            boolean inRange = registers[EAX] >= base && registers[EAX] < base + BASES_STEP;
            if (known || (inRange && !text.isEmpty()) || (base == BASE && !text.isEmpty())) {
                found.add(new CpuidSignature(base, registers[EAX], text));
            }
        }
        return found;
    }

    private static String text(int[] registers) {
        byte[] bytes = ByteBuffer.allocate(3 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(registers[EBX])
                .putInt(registers[ECX])
                .putInt(registers[EDX])
                .array();
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replaceAll("[^ -~]", " ")
                .strip();
    }

    /** KVM_FEATURE_STEAL_TIME (Documentation/virt/kvm/x86/cpuid.rst): the leaf behind the signature, EAX bit 5. */
    boolean kvmStealTime(int base) {
        int[] registers = registers(base + 1);
        return registers.length != 0 && (registers[EAX] & KVM_STEAL_TIME_BIT) != 0;
    }

    /** KVM_FEATURE_CLOCKSOURCE_STABLE_BIT (same document): the host expects no warps of the clock between vCPUs. */
    boolean kvmStableClock(int base) {
        int[] registers = registers(base + 1);
        return registers.length != 0 && (registers[EAX] & KVM_STABLE_CLOCK_BIT) != 0;
    }

    /**
     * HV_ACCESS_TSC_INVARIANT (include/hyperv/hvgdk_mini.h, before 6.13 asm-generic/hyperv-tlfs.h): the host does not
     * change the counter's rate when it moves the guest.
     */
    boolean hypervInvariantTsc() {
        int[] registers = registers(HYPERV_FEATURES);
        return registers.length != 0 && (registers[EAX] & HYPERV_INVARIANT_TSC_BIT) != 0;
    }

    /**
     * Whether Hyper-V itself runs in a virtual machine of Hyper-V: HV_X64_HYPERV_NESTED (include/hyperv/hvgdk_mini.h).
     */
    boolean hypervNested() {
        int[] registers = registers(HYPERV_HINTS);
        return registers.length != 0 && (registers[EAX] & HYPERV_NESTED_BIT) != 0;
    }

    /** Invariant TSC: leaf 0x80000007, EDX bit 8. Above its highest leaf Intel answers with other data, so that is asked first. */
    Capability<Boolean> invariantTsc() {
        int[] highest = registers(HIGHEST_EXTENDED);
        if (highest.length == 0) {
            return Capability.unavailable("CPUID cannot be read", "");
        }
        boolean told = Integer.compareUnsigned(highest[EAX], POWER) >= 0;
        return Capability.available(told && (registers(POWER)[EDX] & INVARIANT_TSC_BIT) != 0);
    }

    private int[] registers(int leaf) {
        return reader.leaf(leaf, 0) instanceof Capability.Available<int[]> read && read.value().length == REGISTERS
                ? read.value()
                : new int[0];
    }
}
