package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelReleaseTest {

    private final Path temp;

    KernelReleaseTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void shouldReadReleaseAndVersion() {
        new FakeRoot(temp)
                .with("proc/sys/kernel/osrelease", "6.1.0-28-amd64\n")
                .with("proc/version", "Linux version 6.1.0-28-amd64 (x@debian.org)\n");
        assertThat(KernelRelease.read(temp))
                .isEqualTo(Capability.available(
                        new KernelRelease("6.1.0-28-amd64", "Linux version 6.1.0-28-amd64 (x@debian.org)")));
    }

    @Test
    void shouldBeUnavailableWithoutARelease() {
        new FakeRoot(temp).with("proc/sys/kernel/osrelease", "\n");
        assertThat(KernelRelease.read(temp)).isInstanceOf(Capability.Unavailable.class);
    }

    @Test
    void shouldKnowGvisorByItsBuildLine() {
        assertThat(new KernelRelease("4.4.0", "Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016").isGvisor())
                .isTrue();
        assertThat(new KernelRelease("4.19.0-gvisor", "").isGvisor()).isTrue();
        assertThat(new KernelRelease("4.4.0-210-generic", "Linux version 4.4.0-210-generic (buildd@x)").isGvisor())
                .isFalse();
    }
}
