package io.vperf.platform;

import io.vperf.linux.FakeRoot;
import java.nio.file.Path;

/** Roots of whole machines for tests of verdicts. */
final class MachineFixture {

    static final String RELEASE = "6.1.0-28-amd64";
    static final String BOOT_CONFIG = "boot/config-" + RELEASE;
    static final String TIME_ACCOUNTING = "CONFIG_PARAVIRT_TIME_ACCOUNTING=y\n";
    static final String KVM_GUEST = "CONFIG_KVM_GUEST=y\n";

    private MachineFixture() {}

    /** A kernel without a readable configuration, booted without special parameters, its steal 0. */
    static FakeRoot linux(Path folder) {
        return new FakeRoot(folder)
                .with("proc/stat", stat(0))
                .with("proc/self/mountinfo", FakeRoot.fixture("mountinfo-6.1-docker.txt"))
                .with("proc/cmdline", "ro quiet\n")
                .with("proc/sys/kernel/osrelease", RELEASE + "\n")
                .with("proc/version", "Linux version " + RELEASE + " #1 SMP Debian 6.1.119-1\n")
                .with("proc/cpuinfo", "flags : fpu hypervisor\n")
                .with("sys/devices/system/cpu/online", "0-1\n");
    }

    static String stat(long steal) {
        return "cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 0 9 10\ncpu1 1 2 3 4 5 6 7 " + steal + " 9 10\nintr 0\n";
    }

    static CpuidReader kvm() {
        return FakeCpuid.hypervisor("KVMKVMKVM").withKvmStealTime(Cpuid.BASE);
    }
}
