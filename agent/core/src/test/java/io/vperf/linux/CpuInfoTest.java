package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import org.junit.jupiter.api.Test;

class CpuInfoTest {

    @Test
    void shouldReadTheFirstProcessor() {
        CpuInfo info =
                CpuInfo.parse(FakeRoot.fixture("cpuinfo-6.18-kvm-epyc.txt") + "\nprocessor : 1\nvendor_id : other\n");

        assertThat(info.vendorId()).isEqualTo(Capability.available("AuthenticAMD"));
        assertThat(info.modelName()).isEqualTo(Capability.available("AMD EPYC"));
        assertThat(info.hypervisor()).isEqualTo(Capability.available(true));
    }

    @Test
    void shouldKnowAProcessorWithoutTheFlag() {
        assertThat(CpuInfo.parse("flags\t\t: fpu hypervisors_not vmx\n").hypervisor())
                .isEqualTo(Capability.available(false));
    }

    @Test
    void shouldNotKnowTheFlagOfAnotherArchitecture() {
        CpuInfo arm = CpuInfo.parse("processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n");

        assertThat(arm.hypervisor()).isInstanceOf(Capability.Unavailable.class);
        assertThat(arm.vendorId()).isInstanceOf(Capability.Unavailable.class);
    }
}
