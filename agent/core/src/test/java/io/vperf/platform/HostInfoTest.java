package io.vperf.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostInfoTest {

    private final Path temp;

    HostInfoTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void shouldReadTheKernelsFiles() {
        FakeRoot root = MachineFixture.linux(temp).with("proc/sys/kernel/hostname", "web-1\n");
        HostInfo host = HostInfo.read(root.path(), Map.of("HOSTNAME", "other"));

        assertThat(host.name()).isEqualTo("web-1");
        assertThat(host.kernelRelease()).isEqualTo(Capability.available(MachineFixture.RELEASE));
        assertThat(host.vcpus()).isEqualTo(Capability.available(2));
    }

    @Test
    void shouldFallBackToTheEnvironmentAndThenToLocalhost() {
        new FakeRoot(temp).with("proc/sys/kernel/hostname", "(none)\n");

        assertThat(HostInfo.read(temp, Map.of("HOSTNAME", "web-2")).name()).isEqualTo("web-2");
        assertThat(HostInfo.read(temp, Map.of()).name()).isEqualTo("localhost");
    }

    @Test
    void shouldNotInventAReleaseOrANumberOfVcpus() {
        HostInfo host = HostInfo.read(temp, Map.of());

        assertThat(host.kernelRelease()).isInstanceOf(Capability.Unavailable.class);
        assertThat(host.vcpus()).isInstanceOf(Capability.Unavailable.class);
    }
}
