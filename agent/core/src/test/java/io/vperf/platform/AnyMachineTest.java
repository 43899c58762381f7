package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No content of any file and no answer of CPUID makes the readers throw, hang or report what is not there. */
class AnyMachineTest {

    private static final String DMI = "sys/class/dmi/id/";
    private static final String CLOCKS = "sys/devices/system/clocksource/clocksource0/";

    private static final List<String> FILES = List.of(
            DMI + "sys_vendor",
            DMI + "product_name",
            DMI + "product_version",
            DMI + "board_vendor",
            DMI + "bios_vendor",
            DMI + "bios_version",
            DMI + "chassis_asset_tag",
            CLOCKS + "current_clocksource",
            CLOCKS + "available_clocksource",
            "proc/cpuinfo",
            "proc/sysinfo",
            "proc/version",
            "proc/sys/kernel/osrelease",
            "proc/xen/capabilities",
            "proc/device-tree/model",
            "proc/device-tree/compatible",
            "proc/device-tree/hypervisor/compatible",
            "sys/firmware/acpi/tables/FACP",
            "sys/hypervisor/type",
            "sys/hypervisor/guest_type",
            "sys/hypervisor/uuid",
            "sys/hypervisor/properties/features",
            "sys/hypervisor/version/major",
            "sys/hypervisor/version/minor",
            "sys/hypervisor/version/extra");

    @Property(tries = 150)
    void shouldBearAnythingAndInventNothing(
            @ForAll("machines") List<byte[]> contents, @ForAll("cpuids") CpuidReader cpuid) throws IOException {
        Path temp = Files.createTempDirectory("vperf");
        FakeRoot root = new FakeRoot(temp);
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < FILES.size(); i++) {
            // Some are missing.
            if (contents.get(i).length > 0) {
                root.with(FILES.get(i), contents.get(i));
            }
            texts.put(FILES.get(i), new String(contents.get(i), StandardCharsets.UTF_8));
        }
        VirtualSystem system = VirtualSystem.read(temp, cpuid);

        if (system.clockSource() instanceof Capability.Available<ClockSource> clock) {
            assertThat(texts.get(CLOCKS + "current_clocksource"))
                    .contains(clock.value().current());
        }
        if (system.cloud() instanceof Capability.Available<Cloud> cloud
                && cloud.value().instanceType() instanceof Capability.Available<String> type) {
            assertThat(texts.get(DMI + "product_name")).contains(type.value());
        }
        if (system.dmi() instanceof Capability.Available<Dmi> dmi) {
            assertThat(texts.get(DMI + "chassis_asset_tag"))
                    .contains(dmi.value().chassisAssetTag());
        }
        if (system.xen().then(XenGuest::version) instanceof Capability.Available<String> version) {
            assertThat(version.value()).startsWith(major(texts));
        }
        if (system.signatures() instanceof Capability.Available<List<CpuidSignature>> signatures) {
            assertThat(signatures.value())
                    .allSatisfy(signature -> assertThat(new Cpuid(cpuid).signature(signature.base()))
                            .isEqualTo(signature.text()));
        }
        delete(temp);
    }

    @Provide
    Arbitrary<List<byte[]>> machines() {
        Arbitrary<byte[]> pieces = Arbitraries.of(
                        "xen",
                        "Xen",
                        "PV",
                        "4",
                        "\n",
                        "\0",
                        " ",
                        "Amazon EC2",
                        "m5.metal",
                        ".amazon",
                        "ec2",
                        "Google Compute Engine",
                        "7783-7084-3265-9085-8269-3286-77",
                        "linux,kvm",
                        "linux,dummy-virt",
                        "emulated by qemu",
                        "VM00 Control Program: z/VM 7",
                        "VM01 Control Program:",
                        "LPAR Name: L",
                        "control_d",
                        "00000fff",
                        "ffffffffffffffffffff",
                        "FACP012345FIRECK",
                        "4.4.0-1-Microsoft",
                        "tsc",
                        "\u00e9")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Arbitraries.frequencyOf(Tuple.of(4, pieces), Tuple.of(1, any))
                .list()
                .ofSize(FILES.size());
    }

    @Provide
    Arbitrary<CpuidReader> cpuids() {
        Arbitrary<CpuidReader> same = Arbitraries.integers()
                .array(int[].class)
                .ofMaxSize(5)
                .map(registers -> (leaf, subleaf) -> Capability.available(registers.clone()));
        Arbitrary<CpuidReader> signed = Arbitraries.of("KVMKVMKVM", "Microsoft Hv", "XenVMMXenVMM", "\1\2\3", "new")
                .list()
                .ofSize(3)
                .map(names -> FakeCpuid.hypervisor(names.get(0))
                        .with(Cpuid.SECOND_BASE, names.get(1))
                        .with(0x40000300, names.get(2)));
        return Arbitraries.oneOf(same, signed, Arbitraries.of(FakeCpuid.NONE, FakeCpuid.bareMetal()));
    }

    private static String major(Map<String, String> texts) {
        String text = texts.getOrDefault("sys/hypervisor/version/major", "");
        return text.substring(0, text.contains("\n") ? text.indexOf('\n') : text.length())
                .strip();
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
