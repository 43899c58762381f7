package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MountInfoTest {

    @Test
    void shouldSeeLxcfsOverProcStat() {
        assertThat(MountInfo.parse(FakeRoot.fixture("mountinfo-5.15-lxcfs.txt")).typeAt("/proc/stat"))
                .contains("fuse.lxcfs");
    }

    @Test
    void shouldSeeNothingOverAPlainProcStat() {
        MountInfo mounts = MountInfo.parse(FakeRoot.fixture("mountinfo-6.1-docker.txt"));

        assertThat(mounts.typeAt("/proc/stat")).isEmpty();
        assertThat(mounts.typeAt("/proc")).contains("proc");
    }

    @Test
    void shouldTakeTheUppermostOfSeveral() {
        MountInfo mounts = MountInfo.parse("""
                1 0 0:1 / /proc/stat rw - fuse.lxcfs lxcfs rw
                2 1 0:2 /stat /proc/stat rw shared:1 master:2 - proc proc rw
                """);
        assertThat(mounts.typeAt("/proc/stat")).contains("proc");
    }

    @Test
    void shouldSkipLinesItDoesNotUnderstand() {
        assertThat(MountInfo.parse("\n1 0\n1 0 0:1 / /proc/stat rw\n1 0 0:1 / /proc/stat rw -\n")
                        .typeAt("/proc/stat"))
                .isEmpty();
    }
}
