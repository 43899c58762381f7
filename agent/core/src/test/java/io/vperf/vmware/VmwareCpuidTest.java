package io.vperf.vmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import org.junit.jupiter.api.Test;

class VmwareCpuidTest {

    private static Capability<Boolean> isVmware(int features, int ebx, int ecx, int edx) {
        return VmwareCpuid.isVmware((leaf, subleaf) -> Capability.available(
                leaf == 1 ? new int[] {0, 0, features, 0} : new int[] {0x4000_0010, ebx, ecx, edx}));
    }

    @Test
    void shouldKnowVmwareByItsSignature() {
        assertThat(isVmware(1 << 31, 0x61774d56, 0x4d566572, 0x65726177)).isEqualTo(Capability.available(true));
        assertThat(isVmware(1 << 31, 0x4b4d564b, 0x564b4d56, 0x4d)).isEqualTo(Capability.available(false));
    }

    /** Without a hypervisor the leaf means nothing. */
    @Test
    void shouldNotLookAtTheSignatureWithoutAHypervisor() {
        assertThat(isVmware(0, 0x61774d56, 0x4d566572, 0x65726177)).isEqualTo(Capability.available(false));
    }

    @Test
    void shouldPassOnWhyThereIsNoCpuid() {
        assertThat(VmwareCpuid.isVmware((leaf, subleaf) -> Capability.unavailable("aarch64", "")))
                .isEqualTo(Capability.unavailable("aarch64", ""));
    }
}
