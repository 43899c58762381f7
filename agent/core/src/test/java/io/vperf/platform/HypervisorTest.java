package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HypervisorTest {

    private final Path temp;

    HypervisorTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private static String name(Hypervisor hypervisor) {
        assertThat(hypervisor.name()).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<String>) hypervisor.name()).value();
    }

    @ParameterizedTest
    @CsvSource({
        "KVMKVMKVM, KVM, NOT_OFFERED",
        "XenVMMXenVMM, XEN, OFFERED",
        "Microsoft Hv, HYPERV, NOT_OFFERED",
        "VMwareVMware, VMWARE, UNKNOWN",
        "TCGTCGTCGTCG, QEMU_TCG, NOT_OFFERED",
        "'bhyve bhyve ', BHYVE, NOT_OFFERED",
        "SomethingNew, UNKNOWN, UNKNOWN"
    })
    void shouldKnowAHypervisorByItsSignature(String signature, HypervisorKind kind, StealClock clock) {
        Hypervisor hypervisor = Hypervisor.detect(temp, FakeCpuid.hypervisor(signature));

        assertThat(hypervisor.kind()).isEqualTo(kind);
        assertThat(hypervisor.stealClock()).isEqualTo(clock);
        assertThat(name(hypervisor)).contains(signature.strip());
    }

    @Test
    void shouldSeeKvmsStealClockBit() {
        CpuidReader cpuid = FakeCpuid.hypervisor("KVMKVMKVM").withKvmStealTime(Cpuid.BASE);
        assertThat(Hypervisor.detect(temp, cpuid).stealClock()).isEqualTo(StealClock.OFFERED);
    }

    @Test
    void shouldSeeKvmBehindAHypervInterface() {
        CpuidReader cpuid = FakeCpuid.hypervisor("Microsoft Hv")
                .with(Cpuid.SECOND_BASE, "KVMKVMKVM")
                .withKvmStealTime(Cpuid.SECOND_BASE);
        Hypervisor hypervisor = Hypervisor.detect(temp, cpuid);

        assertThat(hypervisor.kind()).isEqualTo(HypervisorKind.KVM);
        assertThat(hypervisor.stealClock()).isEqualTo(StealClock.OFFERED);
    }

    @Test
    void shouldBelieveSysfsOnXenWhereCpuidShowsTheBareProcessor() {
        new FakeRoot(temp).with("sys/hypervisor/type", "xen\n");
        assertThat(Hypervisor.detect(temp, FakeCpuid.bareMetal()).kind()).isEqualTo(HypervisorKind.XEN);
    }

    @Test
    void shouldBelieveProcXenWhereSysfsTellsNothing() {
        new FakeRoot(temp).with("proc/xen/capabilities", "");
        assertThat(Hypervisor.detect(temp, FakeCpuid.bareMetal()).kind()).isEqualTo(HypervisorKind.XEN);
    }

    @ParameterizedTest
    @CsvSource({"'linux,kvm\0', KVM", "'xen,xen-4.17\0xen,xen\0', XEN", "'vmware\0', VMWARE", "'acme,visor\0', UNKNOWN"
    })
    void shouldReadTheHypervisorNodeOfADeviceTree(String compatible, HypervisorKind kind) {
        new FakeRoot(temp)
                .with("proc/device-tree/model", "a board\0")
                .with("proc/device-tree/hypervisor/compatible", compatible.replace("\\0", "\0"));
        Hypervisor hypervisor = Hypervisor.detect(temp, FakeCpuid.NONE);

        assertThat(hypervisor.kind()).isEqualTo(kind);
        assertThat(name(hypervisor)).contains("hypervisor/compatible");
    }

    @Test
    void shouldTellQemusPowerMachineFromARealPartition() {
        FakeRoot root = new FakeRoot(temp)
                .with("proc/device-tree/model", "IBM pSeries (emulated by qemu)\0")
                .with("proc/device-tree/ibm,partition-name", "vm1\0");
        assertThat(Hypervisor.detect(temp, FakeCpuid.NONE).kind()).isEqualTo(HypervisorKind.QEMU_TCG);

        root.with("proc/device-tree/model", "IBM,9009-22A\0");
        assertThat(Hypervisor.detect(temp, FakeCpuid.NONE).kind()).isEqualTo(HypervisorKind.POWERVM);
    }

    @Test
    void shouldKnowALogicalPartitionWithoutZvm() {
        FakeRoot root = new FakeRoot(temp).with("proc/sysinfo", "Type:  3906\nLPAR Name:            LP07\n");
        assertThat(Hypervisor.detect(temp, FakeCpuid.NONE).kind()).isEqualTo(HypervisorKind.PRSM);

        root.with("proc/sysinfo", "LPAR Name: LP07\nVM00 Control Program: KVM/Linux\n");
        assertThat(Hypervisor.detect(temp, FakeCpuid.NONE).kind()).isEqualTo(HypervisorKind.KVM);
    }

    @Test
    void shouldSeeNoneOnBareMetal() {
        Hypervisor byCpuid = Hypervisor.detect(temp, FakeCpuid.bareMetal());
        assertThat(byCpuid.kind()).isEqualTo(HypervisorKind.NONE);

        new FakeRoot(temp).with("proc/cpuinfo", "flags : fpu vmx\n");
        assertThat(Hypervisor.detect(temp, FakeCpuid.NONE).kind()).isEqualTo(HypervisorKind.NONE);
    }

    @Test
    void shouldTakeTheFirmwaresWordForANameOnly() {
        new FakeRoot(temp)
                .with("proc/cpuinfo", "flags : fpu hypervisor\n")
                .with("sys/class/dmi/id/sys_vendor", "Amazon EC2\n")
                .with("sys/class/dmi/id/product_name", "m5.large\n");
        Hypervisor hypervisor = Hypervisor.detect(temp, FakeCpuid.NONE);

        assertThat(name(hypervisor)).contains("Amazon EC2").contains("m5.large");
        assertThat(hypervisor.kind()).isEqualTo(HypervisorKind.UNKNOWN);
    }

    @Test
    void shouldNotNameAHypervisorByABoardThatMayBeReal() {
        new FakeRoot(temp)
                .with("proc/cpuinfo", "Features : fp\n")
                .with("sys/class/dmi/id/sys_vendor", "Amazon EC2\n")
                .with("sys/class/dmi/id/product_name", "c7g.metal\n");
        assertThat(Hypervisor.detect(temp, FakeCpuid.NONE).name()).isInstanceOf(Capability.Unavailable.class);
    }
}
