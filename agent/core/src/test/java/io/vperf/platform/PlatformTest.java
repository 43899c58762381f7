package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {

    @Test
    void shouldReadThisMachine() {
        assumeTrue(Files.exists(Path.of("/proc/stat")), "no /proc/stat: not Linux");
        Platform platform = Platform.read(Path.of("/"), FakeCpuid.NONE, System.getenv());

        assertThat(platform.host().name()).isNotBlank();
        assertThat(platform.host().vcpus()).isInstanceOf(Capability.Available.class);
        assertThat(platform.kernelKind().reasons()).isNotEmpty();
    }

    @Test
    void shouldClaimNothingOnAnEmptyFileSystem(@TempDir Path temp) {
        Platform platform = Platform.read(temp, FakeCpuid.NONE, Map.of());

        assertThat(platform.hypervisor()).isInstanceOf(Capability.Unavailable.class);
        assertThat(platform.kernelKind().kind()).isEqualTo(KernelKind.UNKNOWN);
        assertThat(platform.stealSource().source()).isInstanceOf(Capability.Unavailable.class);
    }

    @Property(tries = 100)
    void shouldBearAnyContentOfAnyFile(@ForAll byte[] content, @ForAll int register) throws IOException {
        Path temp = Files.createTempDirectory("vperf");
        FakeRoot root = new FakeRoot(temp);
        for (String file : FILES) {
            root.with(file, content);
        }
        CpuidReader cpuid =
                (leaf, subleaf) -> Capability.available(new int[] {register, register, register, register}.clone());
        Platform platform = Platform.read(temp, cpuid, Map.of());

        // Such a register can tell of a hypervisor but not sign as a known one.
        assertThat(platform.stealSource().source()).isInstanceOf(Capability.Unavailable.class);
        assertThat(platform.kernelKind().kind()).isEqualTo(KernelKind.UNKNOWN);
        delete(temp);
    }

    private static final List<String> FILES = List.of(
            "proc/stat",
            "proc/cmdline",
            "proc/config.gz",
            "proc/cpuinfo",
            "proc/version",
            "proc/self/mountinfo",
            "proc/sys/kernel/osrelease",
            "proc/sys/kernel/hostname",
            "sys/hypervisor/type",
            "sys/class/dmi/id/sys_vendor",
            "sys/class/dmi/id/product_name");

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
