package io.vperf.vmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.shim.Capability;
import io.vperf.shim.GuestLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class VmwareTest {

    private final Path temp;

    VmwareTest(@TempDir Path temp) {
        this.temp = temp;
    }

    /** The first update is that of the opening. */
    @Test
    void shouldReadEveryValueAsWideAsItIs() {
        Vmware vmware = GuestMachine.opened(temp);

        assertThat(vmware.describe()).isEqualTo("18 of 18 figures of VMware's guest library");
        VmwareInterval interval = vmware.take();
        assertThat(interval.values())
                .hasSize(15)
                .containsEntry("cpuLimitMHz", 0xFFFF_FFFFL)
                .containsEntry("cpuReservationMHz", 2002L)
                .containsEntry("cpuShares", 3002L)
                .containsEntry("memActiveMB", 7002L)
                .containsEntry("memBalloonedMB", 8002L)
                .containsEntry("memLimitMB", 9002L)
                .containsEntry("memMappedMB", 10002L)
                .containsEntry("memOverheadMB", 11002L)
                .containsEntry("memReservationMB", 12002L)
                .containsEntry("memSharedMB", 13002L)
                .containsEntry("memShares", 14002L)
                .containsEntry("memSwappedMB", 15002L)
                .containsEntry("memTargetSizeMB", (1L << 40) + 2)
                .containsEntry("memUsedMB", 17002L)
                .containsEntry("hostProcessorSpeedMHz", 18002L);
        assertThat(interval.grown()).isEqualTo(Map.of("cpuStolenMs", 4L, "cpuUsedMs", 5L, "elapsedMs", 6L));
        assertThat(interval.missing()).isEmpty();
        assertThat(interval.tainted()).isNull();
        assertThat(interval.unknown()).isNull();
    }

    @Test
    void shouldTaintTheIntervalInWhichTheMachineWasMoved() {
        Vmware vmware = GuestMachine.opened(temp, "MOVED_AT=3");

        assertThat(vmware.take().tainted()).isNull();
        VmwareInterval moved = vmware.take();
        assertThat(moved.tainted()).isEqualTo(Vmware.MOVED);
        assertThat(moved.isMoved()).isTrue();
        assertThat(moved.grown()).isEmpty();
        assertThat(moved.values()).containsEntry("cpuShares", 3003L);
        VmwareInterval after = vmware.take();
        assertThat(after.tainted()).isNull();
        assertThat(after.grown()).containsEntry("cpuStolenMs", 4L);
    }

    @Test
    void shouldTaintTheIntervalInWhichATotalRanBackwards() {
        Vmware vmware = GuestMachine.opened(temp, "BACKWARDS_AT=2");

        VmwareInterval backwards = vmware.take();
        assertThat(backwards.tainted()).isEqualTo(Vmware.BACKWARDS);
        assertThat(backwards.isMoved()).isFalse();
        assertThat(backwards.grown()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = GuestError.class,
            mode = Mode.EXCLUDE,
            names = {"SUCCESS", "UNKNOWN"})
    void shouldSayWhyThereIsNoHandle(GuestError error) {
        Capability<Vmware> opened = GuestMachine.open(temp, "OPEN_ERROR=" + error.code());

        assertThat(opened).isEqualTo(GuestError.unavailable(error.code()));
        assertThat(((Capability.Unavailable<Vmware>) opened).reason())
                .endsWith(" (VMGUESTLIB_ERROR_" + error.name() + ")");
    }

    @ParameterizedTest
    @EnumSource(
            value = GuestError.class,
            mode = Mode.EXCLUDE,
            names = {"SUCCESS", "UNKNOWN"})
    void shouldSayWhyTheHostDidNotAnswer(GuestError error) {
        Vmware vmware = GuestMachine.opened(temp, "UPDATE_ERROR=" + error.code(), "UPDATE_ERROR_AT=2");

        VmwareInterval failed = vmware.take();
        assertThat(failed.unknown()).isEqualTo(error.reason(error.code()));
        assertThat(failed.values()).isEmpty();
        VmwareInterval next = vmware.take();
        assertThat(next.unknown()).isNull();
        assertThat(next.tainted()).isEqualTo(Vmware.FIRST);
        assertThat(next.grown()).isEmpty();
        assertThat(vmware.take().grown()).containsEntry("cpuStolenMs", 4L);
    }

    @ParameterizedTest
    @EnumSource(
            value = GuestError.class,
            mode = Mode.EXCLUDE,
            names = {"SUCCESS", "UNKNOWN"})
    void shouldSayWhichValueTheHostDoesNotHave(GuestError error) {
        VmwareInterval interval =
                GuestMachine.opened(temp, "VALUE_ERROR=" + error.code()).take();

        assertThat(interval.missing()).isEqualTo(Map.of("memShares", error.reason(error.code())));
        assertThat(interval.values()).hasSize(14).doesNotContainKey("memShares");
    }

    @Test
    void shouldNotKnowANumberThatTheLibraryDoesNotHave() {
        assertThat(GuestMachine.open(temp, "OPEN_ERROR=11"))
                .isEqualTo(Capability.unavailable(
                        "VMware's guest library answered with an error that is not known here (11)",
                        "use a newer vperf"));
        assertThat(GuestError.of(-1)).isEqualTo(GuestError.UNKNOWN);
    }

    @Test
    void shouldNotGoWithoutASession() {
        assertThat(GuestMachine.open(temp, "NO_SESSION"))
                .isEqualTo(Capability.unavailable("the host gave no number for this session", ""));
    }

    @Test
    void shouldUseALibraryThatLacksAFunction() {
        VmwareInterval interval = GuestMachine.opened(temp, "NO_TARGET_SIZE").take();

        assertThat(interval.values()).hasSize(14);
        assertThat(interval.missing()).isEqualTo(Map.of("memTargetSizeMB", "this library is too old to tell it"));
    }

    @Test
    void shouldNotLoadTheLibraryWhereThereIsNoVmware() {
        assertThat(Vmware.open(GuestMachine.natives(), "", Capability.available(false)))
                .isEqualTo(Capability.unavailable("CPUID says that this is no VMware virtual machine", ""));
        assertThat(Vmware.open(GuestMachine.natives(), "", Capability.unavailable("no shim", "build it")))
                .isEqualTo(Capability.unavailable(
                        "whether this is VMware is unknown: no shim",
                        "name the library with vmware.library= if it is"));
    }

    @Test
    void shouldSayThatThereIsNoSuchLibrary() throws Exception {
        Path none = temp.resolve("none.so");
        assertThat(Vmware.open(GuestMachine.natives(), none.toString(), Capability.available(true)))
                .isInstanceOfSatisfying(
                        Capability.Unavailable.class,
                        not -> assertThat(not.reason())
                                .startsWith("VMware's guest library could not be loaded: " + none + ": "));
        Path text = Files.writeString(temp.resolve("text.so"), "no library\n");
        assertThat(Vmware.open(GuestMachine.natives(), text.toString(), Capability.available(true)))
                .isInstanceOf(Capability.Unavailable.class);
    }

    @Test
    void shouldSayThatALibraryIsAnother() {
        assertThat(Vmware.open(GuestMachine.natives(), "libm.so.6", Capability.available(true)))
                .isInstanceOfSatisfying(
                        Capability.Unavailable.class,
                        not -> assertThat(not.reason()).startsWith("the library is not VMware's guest library: "));
    }

    /** Of open-vm-tools, if it is installed, or LD_LIBRARY_PATH leads to it. */
    @Test
    void shouldPassOnWhatTheRealLibrarySaysOutsideOfVmware() {
        assumeFalse(GuestMachine.isVmware(), "this is a VMware virtual machine");
        Capability<Vmware> opened = GuestMachine.natives()
                .then(natives ->
                        GuestLibrary.load(natives, GuestLibrary.NAMES).then(library -> Vmware.open(library, natives)));
        Capability.Unavailable<Vmware> not = (Capability.Unavailable<Vmware>) opened;
        assumeTrue(!not.reason().contains("could not be loaded"), "open-vm-tools is not installed");

        assertThat(not.reason())
                .isEqualTo("VMware's guest library says that this is no VMware virtual machine"
                        + " (VMGUESTLIB_ERROR_NOT_RUNNING_IN_VM)");
    }
}
