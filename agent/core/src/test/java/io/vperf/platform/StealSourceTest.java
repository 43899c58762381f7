package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.CpuTicks;
import io.vperf.linux.FakeRoot;
import io.vperf.linux.ProcStat;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StealSourceTest {

    private final Path temp;

    StealSourceTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private FakeRoot linux() {
        return MachineFixture.linux(temp);
    }

    private static StealSource source(FakeRoot root, CpuidReader cpuid) {
        return StealSource.read(root.path(), cpuid);
    }

    private static String available(StealSource source) {
        assertThat(source.source()).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<String>) source.source()).value();
    }

    private static String reason(StealSource source) {
        assertThat(source.source()).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<String>) source.source()).reason();
    }

    private static CpuTicks sample(FakeRoot root) {
        CpuTicks sample = new CpuTicks();
        try (ProcStat stat = new ProcStat(root.path())) {
            stat.sample(sample);
        }
        return sample;
    }

    @Test
    void shouldBelieveKvmsStealClockThoughTheColumnIsZero() {
        assertThat(available(source(linux(), MachineFixture.kvm()))).contains("KVM steal clock");
    }

    @Test
    void shouldNotBelieveKvmWithoutTheBit() {
        StealSource source = source(linux(), FakeCpuid.hypervisor("KVMKVMKVM"));

        assertThat(reason(source)).contains("KVM offers this guest no steal clock");
        assertThat(source.provable()).isTrue();
    }

    /** On Arm, say: that KVM offers no clock may be said only where the bit was read. */
    @Test
    void shouldNotSayWhatKvmOffersWithoutCpuid() {
        FakeRoot root = linux().with("sys/class/dmi/id/product_name", "KVM\n");
        StealSource source = source(root, FakeCpuid.NONE);

        assertThat(reason(source))
                .contains("whether the hypervisor tells of any is unknown")
                .contains("KVM");
        assertThat(source.provable()).isTrue();
    }

    @Test
    void shouldNotBelieveAKernelThatDoesNotReadTheClock() {
        FakeRoot built = linux().with(MachineFixture.BOOT_CONFIG, "CONFIG_PARAVIRT=y\n");
        assertThat(reason(source(built, MachineFixture.kvm()))).contains("CONFIG_KVM_GUEST");

        FakeRoot booted = linux().with(MachineFixture.BOOT_CONFIG, MachineFixture.KVM_GUEST)
                .with("proc/cmdline", "nopv\n");
        assertThat(reason(source(booted, MachineFixture.kvm()))).contains("nopv");
    }

    @Test
    void shouldBelieveXen() {
        FakeRoot root = linux().with("sys/hypervisor/type", "xen\n");
        assertThat(available(source(root, FakeCpuid.NONE))).contains("Xen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Microsoft Hv", "VMwareVMware", "TCGTCGTCGTCG", "SomethingNew"})
    void shouldNotBelieveAZeroUnderOthersUntilAValueIsSeen(String signature) {
        FakeRoot root = linux();
        StealSource source = source(root, FakeCpuid.hypervisor(signature));
        assertThat(reason(source)).contains(signature);
        assertThat(source.after(sample(root))).isSameAs(source);

        root.with("proc/stat", MachineFixture.stat(1));
        assertThat(available(source.after(sample(root)))).contains("value other than 0");
    }

    @Test
    void shouldBelieveAValueSeenAtStart() {
        FakeRoot root = linux().with("proc/stat", MachineFixture.stat(3));
        assertThat(available(source(root, FakeCpuid.NONE))).contains("value other than 0");
    }

    @Test
    void shouldSayThatBareMetalHasNoSteal() {
        assertThat(reason(source(linux(), FakeCpuid.bareMetal()))).contains("there is no steal");
    }

    @Test
    void shouldNeverBelieveLxcfs() {
        FakeRoot root = linux().with("proc/self/mountinfo", FakeRoot.fixture("mountinfo-5.15-lxcfs.txt"))
                .with("proc/stat", MachineFixture.stat(3));
        StealSource source = source(root, MachineFixture.kvm());

        assertThat(reason(source)).contains("fuse.lxcfs");
        assertThat(source.after(sample(root))).isSameAs(source);
    }

    @Test
    void shouldNeverBelieveWhatMayBeLxcfs() {
        FakeRoot root = linux().without("proc/self/mountinfo");
        assertThat(reason(source(root, MachineFixture.kvm()))).contains("mountinfo");
    }

    @Test
    void shouldNeverBelieveGvisor() {
        FakeRoot root = linux().with("proc/version", "Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016\n");
        assertThat(reason(source(root, MachineFixture.kvm()))).contains("gVisor");
    }

    @Test
    void shouldNotBelieveAClockWhoseCountersCannotBeRead() {
        StealSource source = source(linux().without("proc/stat"), MachineFixture.kvm());

        assertThat(reason(source)).endsWith("proc/stat (No such file or directory) cannot be read");
        assertThat(((Capability.Unavailable<String>) source.source()).remedy()).contains("subset=pid");
        assertThat(source.provable()).isFalse();
    }

    @Test
    void shouldNeverBelieveAMissingColumn() {
        FakeRoot root = linux().with("proc/stat", FakeRoot.fixture("stat-2.6.10-no-steal.txt"));
        StealSource source = source(root, MachineFixture.kvm());

        assertThat(reason(source)).contains("no steal column");
        assertThat(source.provable()).isFalse();
    }
}
