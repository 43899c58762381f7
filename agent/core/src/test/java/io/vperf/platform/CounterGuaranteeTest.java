package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterGuaranteeTest {

    private static final String CURRENT = "sys/devices/system/clocksource/clocksource0/current_clocksource";

    private final Path folder;
    private final FakeRoot root;

    CounterGuaranteeTest(@TempDir Path folder) {
        this.folder = folder;
        root = new FakeRoot(folder).with("proc/cpuinfo", FakeRoot.fixture("cpuinfo-6.18-kvm-epyc.txt"));
    }

    @Test
    void shouldTrustTheCounterTheKernelReadsItself() {
        assertThat(on("tsc", FakeCpuid.hypervisor("KVMKVMKVM").withInvariantTsc()))
                .isEqualTo(Capability.available("clock source tsc, invariant"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Cpuid.BASE, Cpuid.SECOND_BASE})
    void shouldTrustAStableKvmClock(int base) {
        FakeCpuid cpuid = FakeCpuid.hypervisor("KVMKVMKVM").withInvariantTsc().with(base + 1, 1 << 24, 0);

        assertThat(on("kvm-clock", cpuid))
                .isEqualTo(Capability.available(
                        "clock source kvm-clock, stable (CPUID 0x40000001 EAX bit 24), invariant"));
    }

    @Test
    void shouldNotTrustAKvmClockThatNobodyCallsStable() {
        assertThat(reason(on("kvm-clock", FakeCpuid.hypervisor("KVMKVMKVM").withInvariantTsc())))
                .isEqualTo("clock source is kvm-clock and the host does not call it stable"
                        + " (CPUID 0x40000001 EAX bit 24 is clear)");
    }

    @Test
    void shouldTrustTheCounterOfHyperVOnlyWhereItKeepsItsRate() {
        FakeCpuid cpuid = FakeCpuid.hypervisor("Microsoft Hv").withInvariantTsc();
        assertThat(reason(on("hyperv_clocksource_tsc_page", cpuid))).contains("may change the counter's rate");

        cpuid.with(0x40000003, 1 << 15, 0);
        assertThat(on("hyperv_clocksource_tsc_page", cpuid)).isInstanceOf(Capability.Available.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hpet", "acpi_pm", "xen", "jiffies", "refined-jiffies", "arch_sys_counter", "tsc-early"})
    void shouldNotTrustAnyOther(String source) {
        assertThat(reason(on(source, FakeCpuid.bareMetal().withInvariantTsc()))).isEqualTo("clock source is " + source);
    }

    @Test
    void shouldNotTrustACounterThatIsNotInvariant() {
        assertThat(reason(on("tsc", FakeCpuid.bareMetal().with(0x80000000, 0x80000008, 0))))
                .isEqualTo("the counter is not invariant (CPUID 0x80000007 EDX bit 8 is clear)");
    }

    /** Above its highest leaf Intel answers with the data of another: the bit is set here by chance. */
    @Test
    void shouldNotAskAboveTheHighestLeaf() {
        FakeCpuid cpuid = FakeCpuid.bareMetal().with(0x80000000, 0x80000004, 0).with(0x80000007, 0, 1 << 8);

        assertThat(reason(on("tsc", cpuid))).contains("not invariant");
    }

    @ParameterizedTest
    @CsvSource({"constant_tsc", "nonstop_tsc"})
    void shouldNotTrustWhatLinuxDistrusts(String flag) {
        root.with("proc/cpuinfo", FakeRoot.fixture("cpuinfo-6.18-kvm-epyc.txt").replace(" " + flag + " ", " "));

        assertThat(reason(on("tsc", FakeCpuid.bareMetal().withInvariantTsc())))
                .isEqualTo("/proc/cpuinfo lacks the flag " + flag);
    }

    @Test
    void shouldNotTrustAnythingWithoutEvidence() {
        CpuidReader invariant = FakeCpuid.bareMetal().withInvariantTsc();
        assertThat(reason(CounterGuarantee.check(folder, invariant, "amd64"))).contains("there is no");
        assertThat(reason(on("tsc", FakeCpuid.NONE))).contains("CPUID cannot be read");
        root.without("proc/cpuinfo");
        assertThat(reason(on("tsc", invariant))).contains("there is no").contains("cpuinfo");
    }

    @Test
    void shouldTrustTheSystemCounterOfArm() {
        root.with(CURRENT, "arch_sys_counter\n");
        assertThat(CounterGuarantee.check(folder, FakeCpuid.NONE, "aarch64"))
                .isEqualTo(Capability.available("clock source arch_sys_counter"));

        root.with(CURRENT, "hyperv_clocksource_tsc_page\n");
        assertThat(reason(CounterGuarantee.check(folder, FakeCpuid.NONE, "aarch64")))
                .isEqualTo("clock source is hyperv_clocksource_tsc_page");
    }

    @Test
    void shouldNotKnowOtherProcessors() {
        root.with(CURRENT, "timebase\n");

        assertThat(reason(CounterGuarantee.check(folder, FakeCpuid.NONE, "ppc64le")))
                .contains("ppc64le");
    }

    private Capability<String> on(String source, CpuidReader cpuid) {
        root.with(CURRENT, source + "\n");
        return CounterGuarantee.check(folder, cpuid, "amd64");
    }

    private static String reason(Capability<String> verdict) {
        assertThat(verdict).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<String>) verdict).reason();
    }
}
