package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.Cpuids;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The readers on the machine that builds, with what must hold on any. */
class ThisVirtualSystemTest {

    private static final Path ROOT = Path.of("/");

    @Test
    void shouldAgreeWithTheKernelOnTheClock() throws IOException {
        Path file = Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");
        assumeTrue(Files.isReadable(file), "no " + file + ": not Linux, or gVisor");
        VirtualSystem system = VirtualSystem.read(ROOT, FakeCpuid.NONE);

        assertThat(system.clockSource()).isInstanceOf(Capability.Available.class);
        ClockSource clock = ((Capability.Available<ClockSource>) system.clockSource()).value();
        assertThat(clock.current()).isEqualTo(Files.readString(file).strip());
        assertThat(clock.available()).isInstanceOf(Capability.Available.class);
        assertThat(((Capability.Available<List<String>>) clock.available()).value())
                .contains(clock.current());
    }

    /** With the shim: the signature that counts is among all that are shown, and the kernel saw a hypervisor too. */
    @Test
    void shouldAgreeWithTheKernelOnTheHypervisor() throws IOException {
        CpuidReader cpuid = Cpuids.reader(Natives.load(Natives.defaultFolders()));
        VirtualSystem system = VirtualSystem.read(ROOT, cpuid);
        assumeTrue(
                system.signatures() instanceof Capability.Available<List<CpuidSignature>>,
                "no signature is shown: " + system.signatures());
        List<CpuidSignature> signatures = ((Capability.Available<List<CpuidSignature>>) system.signatures()).value();

        assertThat(Files.readString(Path.of("/proc/cpuinfo"))).contains(" hypervisor");
        assertThat(signatures.get(0).base()).isEqualTo(Cpuid.BASE);
        assertThat(system.kind()).isNotEqualTo(HypervisorKind.NONE);
        if (system.kind() != HypervisorKind.XEN) {
            assertThat(signatures).extracting(CpuidSignature::kind).contains(system.kind());
        }
        assertThat(system.hypervisor())
                .isEqualTo(Platform.read(ROOT, cpuid, Map.of()).hypervisor());
    }

    @Test
    void shouldSayThatRootMayKnowTheMonitor() {
        Path table = Path.of("/sys/firmware/acpi/tables/FACP");
        assumeTrue(Files.exists(table) && !Files.isReadable(table), "no ACPI tables, or this is root");
        assumeTrue(!Files.exists(Path.of("/sys/class/dmi/id")), "there is DMI, which may name it");

        assertThat(VirtualSystem.read(ROOT, FakeCpuid.NONE).monitor())
                .isEqualTo(Capability.unavailable(
                        "DMI does not name it, and the ACPI tables, which may, are for root only", "run this as root"));
    }
}
