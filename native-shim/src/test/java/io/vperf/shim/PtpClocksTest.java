package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtpClocksTest {

    private final Path root;

    PtpClocksTest(@TempDir Path root) {
        this.root = root;
    }

    private void device(String device, String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/class/ptp").resolve(device));
        Files.writeString(folder.resolve("clock_name"), name + "\n");
    }

    @Test
    void shouldFindTheHostsClockAmongThoseOfNetworkCards() throws IOException {
        device("ptp0", "e1000e PTP");
        device("ptp1", "KVM virtual PTP");

        assertThat(Loaded.value(new PtpClocks(root).find()))
                .isEqualTo(new PtpClocks.Device(root.resolve("dev/ptp1"), "KVM virtual PTP"));
    }

    @Test
    void shouldNameTheDevicesThatAreNoHosts() throws IOException {
        device("ptp0", "e1000e PTP");
        Files.createDirectories(root.resolve("sys/class/ptp/ptp1"));

        assertThat(Loaded.reason(new PtpClocks(root).find()))
                .isEqualTo("no PTP device shows the host's clock: ptp0 is e1000e PTP, ptp1 is without a name");
    }

    @Test
    void shouldSayThatThereIsNone() throws IOException {
        String none = "there is no PTP device in " + root.resolve("sys/class/ptp");

        assertThat(Loaded.reason(new PtpClocks(root).find())).isEqualTo(none);
        Files.createDirectories(root.resolve("sys/class/ptp"));
        assertThat(new PtpClocks(root).find()).isInstanceOfSatisfying(Capability.Unavailable.class, not -> {
            assertThat(not.reason()).isEqualTo(none);
            assertThat(not.remedy()).contains("modprobe ptp_kvm");
        });
    }

    /** A plain file has a descriptor, but no clock. */
    @Test
    void shouldRefuseWhatOpensButIsNoClock() throws IOException {
        Natives natives = Loaded.natives();
        device("ptp0", "KVM virtual PTP");
        Capability<PtpClock> missing = new PtpClocks(root).open(natives);
        Files.createFile(Files.createDirectories(root.resolve("dev")).resolve("ptp0"));
        Capability<PtpClock> noClock = new PtpClocks(root).open(natives);

        assertThat(Loaded.reason(missing)).endsWith("dev/ptp0 (KVM virtual PTP) cannot be opened: ENOENT");
        assertThat(Loaded.reason(noClock)).endsWith("dev/ptp0 (KVM virtual PTP) opens, but cannot be read as a clock");
    }

    /** The kernel takes ~n, shifted by three, with the kind in the low bits: here kind 2, the CPU time of a process. */
    @Test
    void shouldNumberClocksAsTheKernelDoes() {
        Natives natives = Loaded.natives();
        int pid = (int) ProcessHandle.current().pid();
        int ofProcess = (PtpClock.idOf(pid) & ~7) | 2;

        assertThat(PtpClock.idOf(5)).isEqualTo((~5 << 3) | 3);
        assertThat(new KernelClock(natives, ofProcess).nowNs()).isPositive();
        assertThat(new KernelClock(natives, PtpClock.idOf(99_999)).nowNs()).isNegative();
    }

    @Test
    void shouldReadTheHostsClockWhereThisMachineHasOne() {
        Capability<PtpClock> opened = new PtpClocks(Path.of("/")).open(Loaded.natives());
        if (opened instanceof Capability.Unavailable<PtpClock> not) {
            assumeTrue(false, not.reason());
        }
        try (PtpClock clock = Loaded.value(opened)) {
            long beforeMs = System.currentTimeMillis();
            // Both are days since 1970, but need not agree.
            assertThat(clock.nowNs() / 1_000_000).isBetween(beforeMs - 86_400_000, beforeMs + 86_400_000);
        }
    }
}
