package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.linux.Machines;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualSystemTest {

    private static final String UNKNOWN = "-";

    private static VirtualSystem read(String machine) {
        Path root = Machines.root(machine);
        return VirtualSystem.read(root, CpuidFile.of(root));
    }

    private static String text(Capability<?> capability) {
        return capability instanceof Capability.Available<?> known
                ? known.value().toString()
                : UNKNOWN;
    }

    @ParameterizedTest
    @CsvSource({
        "bare-metal, NONE, -",
        "kvm, KVM, KVM (CPUID 0x40000000",
        "kvm-hyperv, KVM, KVM (CPUID 0x40000100",
        "firecracker, KVM, KVM (CPUID 0x40000000",
        "qemu-tcg, QEMU_TCG, QEMU software emulation (TCG) (CPUID 0x40000000",
        "xen-dom0, XEN, Xen (/sys/hypervisor/type",
        "xen-domu, XEN, Xen (/sys/hypervisor/type",
        "ec2-xen, XEN, Xen (/sys/hypervisor/type",
        "vmware, VMWARE, VMware (CPUID 0x40000000",
        "hyperv, HYPERV, Microsoft Hyper-V (CPUID 0x40000000",
        "azure, HYPERV, Microsoft Hyper-V (CPUID 0x40000000",
        "ec2-nitro, KVM, KVM (CPUID 0x40000000",
        "ec2-graviton, KVM, 'Amazon EC2 Nitro, which is KVM (DMI'",
        "gce, KVM, KVM (CPUID 0x40000000",
        "virtualbox, KVM, KVM (CPUID 0x40000000",
        "wsl2, HYPERV, Microsoft Hyper-V (CPUID 0x40000000",
        "raspberry-pi, NONE, -",
        "qemu-aarch64, UNKNOWN, an unknown hypervisor (device tree of a virtual board",
        "powervm, POWERVM, PowerVM (device tree ibm",
        "zvm, ZVM, z/VM (/proc/sysinfo VM00 Control Program \"z/VM    7.2.0\")"
    })
    void shouldKnowTheHypervisor(String machine, HypervisorKind kind, String name) {
        VirtualSystem system = read(machine);

        assertThat(system.kind()).isEqualTo(kind);
        assertThat(text(system.hypervisor())).startsWith(name);
    }

    @ParameterizedTest
    @CsvSource({
        "kvm, QEMU (DMI",
        "firecracker, Firecracker (ACPI OEM id \"FIRECK\")",
        "ec2-nitro, Amazon EC2 Nitro (DMI",
        "ec2-graviton, Amazon EC2 Nitro (DMI",
        "gce, Google Compute Engine (DMI",
        "virtualbox, VirtualBox (DMI",
        "bare-metal, -",
        "vmware, -"
    })
    void shouldKnowTheMonitor(String machine, String monitor) {
        assertThat(text(read(machine).monitor())).startsWith(monitor);
    }

    @Test
    void shouldSayWhyTheMonitorIsNotKnownWithoutRoot(@TempDir Path temp) {
        VirtualSystem system = VirtualSystem.read(temp, FakeCpuid.hypervisor("KVMKVMKVM"));

        assertThat(system.monitor())
                .isEqualTo(Capability.unavailable("there is no " + temp.resolve("sys/firmware/acpi/tables/FACP"), ""));
    }

    @Test
    void shouldShowEverySignature() {
        assertThat(read("kvm-hyperv").signatures())
                .isEqualTo(Capability.available(List.of(
                        new CpuidSignature(0x40000000, 0x40000005, "Microsoft Hv"),
                        new CpuidSignature(0x40000100, 0x40000101, "KVMKVMKVM"))));
        assertThat(text(read("firecracker").signatures())).isEqualTo("[CPUID 0x40000000 \"KVMKVMKVM\"]");
        assertThat(read("bare-metal").signatures())
                .isEqualTo(Capability.unavailable("CPUID leaf 1, ECX bit 31 is clear", ""));
        assertThat(read("raspberry-pi").signatures()).isEqualTo(Capability.unavailable("no CPUID here", ""));
    }

    /** Linux looks as far: a hypervisor may stand anywhere up to 0x4000ff00. */
    @Test
    void shouldLookAtEveryBase() {
        FakeCpuid cpuid = FakeCpuid.hypervisor("Microsoft Hv")
                .with(0x40000700, "NewSignature")
                .with(0x4000ff00, "XenVMMXenVMM")
                .with(0x40010000, "KVMKVMKVM");

        assertThat(new Cpuid(cpuid).signatures())
                .extracting(CpuidSignature::kind)
                .containsExactly(HypervisorKind.HYPERV, HypervisorKind.UNKNOWN, HypervisorKind.XEN);
    }

    @ParameterizedTest
    @CsvSource({
        "xen-dom0, PV, true, 4.17.7",
        "xen-domu, HVM, false, 4.14.6",
        "ec2-xen, HVM, false, 4.11.amazon",
        "kvm, -, -, -"
    })
    void shouldKnowHowXenRunsIt(String machine, String mode, String dom0, String version) {
        Capability<XenGuest> xen = read(machine).xen();

        assertThat(text(xen.then(XenGuest::mode))).isEqualTo(mode);
        assertThat(text(xen.then(XenGuest::dom0))).isEqualTo(dom0);
        assertThat(text(xen.then(XenGuest::version))).isEqualTo(version);
    }

    @Test
    void shouldTellPvByItsFeaturesAndNotGuessBetweenPvhAndHvm(@TempDir Path temp) {
        FakeRoot root = new FakeRoot(temp).with("sys/hypervisor/properties/features", "00000003\n");
        assertThat(XenGuest.read(temp).mode()).isEqualTo(Capability.available("PV"));

        root.with("sys/hypervisor/properties/features", "00000705\n");
        assertThat(XenGuest.read(temp).mode()).isInstanceOf(Capability.Unavailable.class);

        root.with("sys/hypervisor/guest_type", "PVH\n").without("sys/hypervisor/properties/features");
        root.with("proc/xen/capabilities", "control_d\n");
        assertThat(XenGuest.read(temp).mode()).isEqualTo(Capability.available("PVH"));
        assertThat(XenGuest.read(temp).dom0()).isEqualTo(Capability.available(true));
    }

    @ParameterizedTest
    @CsvSource({
        "ec2-nitro, Amazon EC2, c5.large",
        "ec2-graviton, Amazon EC2, c6g.large",
        "ec2-xen, Amazon EC2, -",
        "gce, Google Compute Engine, -",
        "azure, Microsoft Azure, -"
    })
    void shouldKnowTheCloud(String machine, String provider, String type) {
        Capability<Cloud> cloud = read(machine).cloud();

        assertThat(cloud).isInstanceOf(Capability.Available.class);
        Cloud known = ((Capability.Available<Cloud>) cloud).value();
        assertThat(known.provider()).isEqualTo(provider);
        assertThat(text(known.instanceType())).isEqualTo(type);
        assertThat(known.evidence()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare-metal", "kvm", "xen-domu", "vmware", "hyperv", "firecracker", "wsl2", "raspberry-pi"})
    void shouldNotSeeACloudWhereThereIsNone(String machine) {
        assertThat(read(machine).cloud()).isInstanceOf(Capability.Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "xen-dom0, 'Xen runs in a virtual machine (DMI sys_vendor \"QEMU\"'",
        "zvm, in logical partition LP07",
        "kvm-hyperv, -",
        "hyperv, -",
        "azure, -",
        "virtualbox, -",
        "ec2-xen, -",
        "bare-metal, -"
    })
    void shouldSeeNestingWhereItShows(String machine, String nesting) {
        assertThat(text(read(machine).nesting())).startsWith(nesting);
    }

    /** QEMU may set the bit too, in the interface of Hyper-V's that it shows beside KVM's. */
    @Test
    void shouldBelieveHyperVItselfThatItIsNested(@TempDir Path temp) {
        FakeCpuid cpuid = FakeCpuid.hypervisor("Microsoft Hv").with(0x40000004, 1 << 12, 0);
        assertThat(text(VirtualSystem.read(temp, cpuid).nesting()))
                .startsWith("Hyper-V runs in a virtual machine of Hyper-V");

        cpuid.with(Cpuid.SECOND_BASE, "KVMKVMKVM");
        assertThat(text(VirtualSystem.read(temp, cpuid).nesting())).isEqualTo(UNKNOWN);
    }

    @Test
    void shouldShowThatCpuidAndFirmwareContradictEachOther(@TempDir Path temp) {
        FakeRoot root = new FakeRoot(temp)
                .with("sys/class/dmi/id/sys_vendor", "VMware, Inc.\n")
                .with("sys/class/dmi/id/product_name", "VMware7,1\n");

        assertThat(text(VirtualSystem.read(root.path(), FakeCpuid.hypervisor("KVMKVMKVM"))
                        .nesting()))
                .startsWith("perhaps: the hypervisor is KVM and the firmware is VMware's");
    }

    @ParameterizedTest
    @CsvSource({"wsl2, WSL 2 (kernel", "gvisor, gVisor (kernel 4.4.0)", "azure, -", "firecracker, -"})
    void shouldKnowASubsystem(String machine, String subsystem) {
        assertThat(text(read(machine).subsystem())).startsWith(subsystem);
    }

    @ParameterizedTest
    @CsvSource({
        "firecracker, tsc, true",
        "kvm, kvm-clock, true",
        "xen-dom0, xen, false",
        "azure, hyperv_clocksource_tsc_page, true",
        "raspberry-pi, arch_sys_counter, true",
        "powervm, timebase, true",
        "zvm, tod, true"
    })
    void shouldJudgeTheClockSource(String machine, String name, boolean good) {
        Capability<ClockSource> clock = read(machine).clockSource();

        assertThat(clock).isInstanceOf(Capability.Available.class);
        ClockSource known = ((Capability.Available<ClockSource>) clock).value();
        assertThat(known.current()).isEqualTo(name);
        assertThat(known.available()).isInstanceOf(Capability.Available.class);
        assertThat(text(known.available())).contains(name);
        assertThat(known.quality()).isInstanceOf(Capability.Available.class);
        ClockQuality quality = ((Capability.Available<ClockQuality>) known.quality()).value();
        assertThat(quality.good()).isEqualTo(good);
        assertThat(quality.sentence()).isNotBlank();
    }

    @Test
    void shouldSayNothingOfAnUnknownClock() {
        assertThat(ClockQuality.of("sundial")).isInstanceOf(Capability.Unavailable.class);
        assertThat(read("gvisor").clockSource()).isInstanceOf(Capability.Unavailable.class);
    }

    @Test
    void shouldClaimNothingOnAnEmptyFileSystem(@TempDir Path temp) {
        VirtualSystem system = VirtualSystem.read(temp, FakeCpuid.NONE);

        assertThat(system.kind()).isEqualTo(HypervisorKind.UNKNOWN);
        assertThat(List.of(
                        system.hypervisor(),
                        system.signatures(),
                        system.monitor(),
                        system.xen(),
                        system.subsystem(),
                        system.nesting(),
                        system.dmi(),
                        system.cloud(),
                        system.clockSource()))
                .allMatch(capability -> capability instanceof Capability.Unavailable<?>);
    }
}
