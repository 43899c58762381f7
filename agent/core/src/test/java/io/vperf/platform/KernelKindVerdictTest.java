package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelKindVerdictTest {

    private static final String NOT_SET = "# CONFIG_PARAVIRT_TIME_ACCOUNTING is not set\nCONFIG_PARAVIRT=y\n";

    private final Path temp;

    KernelKindVerdictTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private FakeRoot linux() {
        return MachineFixture.linux(temp);
    }

    private FakeRoot withOption() {
        return linux().with(MachineFixture.BOOT_CONFIG, MachineFixture.TIME_ACCOUNTING);
    }

    private static KernelKindVerdict verdict(FakeRoot root, CpuidReader cpuid) {
        KernelKindVerdict verdict = KernelKindVerdict.read(root.path(), cpuid);
        assertThat(verdict.reasons()).isNotEmpty();
        return verdict;
    }

    @Test
    void shouldExcludeWithTheOption() {
        KernelKindVerdict verdict = verdict(withOption(), MachineFixture.kvm());

        assertThat(verdict.kind()).isEqualTo(KernelKind.EXCLUDES);
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains(MachineFixture.BOOT_CONFIG));
    }

    @Test
    void shouldSayWhereInterruptsMayBeMistakenForSteal() {
        String irqTime = "CONFIG_IRQ_TIME_ACCOUNTING";
        KernelKindVerdict unknown = verdict(linux(), MachineFixture.kvm());
        assertThat(unknown.interrupts()).isEqualTo(InterruptTime.UNKNOWN);
        assertThat(unknown.reasons()).anyMatch(reason -> reason.contains("steal or interrupts"));

        KernelKindVerdict charged = verdict(withOption(), MachineFixture.kvm());
        assertThat(charged.interrupts()).isEqualTo(InterruptTime.CHARGED);
        assertThat(charged.reasons()).noneMatch(reason -> reason.contains("interrupts"));

        FakeRoot with =
                linux().with(MachineFixture.BOOT_CONFIG, MachineFixture.TIME_ACCOUNTING + "\n" + irqTime + "=y\n");
        KernelKindVerdict apart = verdict(with, MachineFixture.kvm());
        assertThat(apart.interrupts()).isEqualTo(InterruptTime.APART);
        assertThat(apart.reasons()).anyMatch(reason -> reason.contains(irqTime) && reason.contains("told apart"));
    }

    @Test
    void shouldIncludeWithoutTheOptionOnWhateverHypervisor() {
        FakeRoot root = linux().with(MachineFixture.BOOT_CONFIG, NOT_SET);

        assertThat(verdict(root, MachineFixture.kvm()).kind()).isEqualTo(KernelKind.INCLUDES);
        assertThat(verdict(root, FakeCpuid.hypervisor("XenVMMXenVMM")).kind()).isEqualTo(KernelKind.INCLUDES);
        assertThat(verdict(root, FakeCpuid.NONE).kind()).isEqualTo(KernelKind.INCLUDES);
    }

    @Test
    void shouldIncludeWhereBootedWithNoStealAcc() {
        FakeRoot root = withOption().with("proc/cmdline", "ro no-steal-acc\n");
        assertThat(verdict(root, MachineFixture.kvm()).kind()).isEqualTo(KernelKind.INCLUDES);
    }

    @Test
    void shouldNotKnowOnXenWhateverTheCommandLine() {
        CpuidReader xen = FakeCpuid.hypervisor("XenVMMXenVMM");
        assertThat(verdict(withOption(), xen).kind()).isEqualTo(KernelKind.UNKNOWN);

        FakeRoot booted = withOption().with("proc/cmdline", "no-steal-acc\n");
        assertThat(verdict(booted, xen).kind()).isEqualTo(KernelKind.UNKNOWN);
    }

    @Test
    void shouldNotKnowWhereItMayBeXen() {
        FakeRoot maybe =
                withOption().with(MachineFixture.BOOT_CONFIG, MachineFixture.TIME_ACCOUNTING + "CONFIG_XEN=y\n");
        assertThat(verdict(maybe, FakeCpuid.NONE).kind()).isEqualTo(KernelKind.UNKNOWN);

        assertThat(verdict(withOption(), FakeCpuid.NONE).kind()).isEqualTo(KernelKind.EXCLUDES);
    }

    @ParameterizedTest
    @CsvSource({"0, UNKNOWN", "7, EXCLUDES"})
    void shouldNotKnowWithoutAStealClockUnlessStealIsSeen(long steal, KernelKind kind) {
        FakeRoot root = withOption().with("proc/stat", MachineFixture.stat(steal));
        assertThat(verdict(root, FakeCpuid.hypervisor("Microsoft Hv")).kind()).isEqualTo(kind);
    }

    @Test
    void shouldNotKnowWithoutACommandLine() {
        FakeRoot root = withOption().without("proc/cmdline");
        assertThat(verdict(root, MachineFixture.kvm()).kind()).isEqualTo(KernelKind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.14.0-503.el9.x86_64", "6.1.119-129.amzn2023.x86_64", "5.15.0-300.el8uek.x86_64"})
    void shouldTellAHintFromTheKernelsNameAndDecideNothingByIt(String release) {
        FakeRoot root = linux().with("proc/sys/kernel/osrelease", release);
        KernelKindVerdict verdict = verdict(root, MachineFixture.kvm());

        assertThat(verdict.kind()).isEqualTo(KernelKind.UNKNOWN);
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("hint") && reason.contains("excludes"));
    }

    @Test
    void shouldHintAtDebianBeingTheOtherWay() {
        assertThat(verdict(linux(), MachineFixture.kvm()).reasons())
                .anyMatch(reason -> reason.contains("hint") && reason.contains("includes"));
    }

    @Test
    void shouldNeedNoConfigurationWhereTheCommandLineDecides() {
        FakeRoot root = linux().with("proc/cmdline", "no-steal-acc\n");

        assertThat(verdict(root, MachineFixture.kvm()).kind()).isEqualTo(KernelKind.INCLUDES);
        assertThat(verdict(root, FakeCpuid.hypervisor("XenVMMXenVMM")).kind()).isEqualTo(KernelKind.UNKNOWN);
    }
}
