package io.vperf.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupFolderTest {

    private final FakeRoot root;

    CgroupFolderTest(@TempDir Path temp) {
        root = new FakeRoot(temp);
    }

    @Test
    void shouldTellTheWayFromAMountDownToACgroup() {
        assertThat(CgroupFolder.below("/", "/")).contains(List.of());
        assertThat(CgroupFolder.below("/", "/a/b")).contains(List.of("a", "b"));
        assertThat(CgroupFolder.below("/docker/1", "/docker/1")).contains(List.of());
        assertThat(CgroupFolder.below("/docker/1", "/docker/1/sub")).contains(List.of("sub"));
        assertThat(CgroupFolder.below("/docker/1", "/docker/12")).isEmpty();
        assertThat(CgroupFolder.below("/docker/1", "/")).isEmpty();
    }

    /** Captured: in a cgroup namespace the mounts made outside have roots above it, and processes outside too. */
    @Test
    void shouldUnderstandPathsOutsideTheCgroupNamespace() {
        assertThat(CgroupFolder.below("/../..", "/../../other")).contains(List.of("other"));
        assertThat(CgroupFolder.below("/../..", "/")).isEmpty();
        assertThat(CgroupFolder.below("/../..", "/..")).isEmpty();
        assertThat(CgroupFolder.below("/", "/..")).isEmpty();
    }

    private Capability<CgroupFolder> cpu() {
        return CgroupFolder.find(root.path(), "self", "cpu");
    }

    private CgroupFolder found() {
        assertThat(cpu()).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<CgroupFolder>) cpu()).value();
    }

    private String reason() {
        assertThat(cpu()).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<CgroupFolder>) cpu()).reason();
    }

    @Test
    void shouldTakeVersion1OfAHybridHostIfTheControllerIsBoundThere() {
        root.with("proc/self/cgroup", "4:cpu,cpuacct:/a\n0::/b\n")
                .with("proc/self/mountinfo", """
                        1 0 0:1 / /cg/unified rw - cgroup2 cgroup2 rw
                        2 0 0:2 / /cg/memory rw - cgroup cgroup rw,memory
                        3 0 0:3 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct
                        """)
                .with("cg/cpu/a/cpu.shares", "1")
                .with("cg/unified/b/cgroup.procs", "1");
        assertThat(found()).isEqualTo(new CgroupFolder(1, root.path().resolve("cg/cpu"), List.of("a")));

        root.with("proc/self/cgroup", "4:memory:/a\n0::/b\n");
        assertThat(found()).isEqualTo(new CgroupFolder(2, root.path().resolve("cg/unified"), List.of("b")));
    }

    @Test
    void shouldFindTheProcessAtAMountFromElsewhere() {
        root.with("proc/self/cgroup", "0::/\n")
                .with("proc/self/mountinfo", "1 0 0:1 /../x /cg rw - cgroup2 cgroup2 rw\n")
                .with("cg/cgroup.procs", "1\n");
        assertThat(reason()).contains("/../x").contains("is not to be found below /cg");

        root.with("cg/cgroup.procs", "1\n" + ProcessHandle.current().pid() + "\n");
        assertThat(found()).isEqualTo(new CgroupFolder(2, root.path().resolve("cg"), List.of()));
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(reason()).contains("there is no").contains("cgroup");
        root.with("proc/self/cgroup", "hello\n");
        assertThat(reason()).contains("names no cgroup");
        root.with("proc/self/cgroup", "1:memory:/\n")
                .with("proc/self/mountinfo", "1 0 0:1 / /cg rw - cgroup cgroup rw,memory\n");
        assertThat(reason()).contains("no cgroup hierarchy has the controller cpu");
        root.with("proc/self/cgroup", "1:cpu:/\n");
        assertThat(reason()).contains("of cpu is not mounted");
    }

    @Test
    void shouldReadNoMoreThanACgroupFileCanHold() {
        root.with("proc/self/cgroup", "0::/" + "a".repeat(CgroupMembership.MAX_BYTES) + "\n");
        assertThat(reason()).contains("is larger than");
    }

    @Test
    void shouldUnderstandEscapedMountPointsAndColonsInPaths() {
        root.with("proc/self/cgroup", "0::/pod.slice:cri-containerd:1\n")
                .with("proc/self/mountinfo", "1 0 0:1 / /my\\040cg rw master:1 - cgroup2 c rw\n")
                .with("my cg/pod.slice:cri-containerd:1/cpu.max", "max 100000\n");

        assertThat(found().names()).containsExactly("pod.slice:cri-containerd:1");
        assertThat(CgroupMembership.parse("x:y\n0:/a\n7::/v1-without-name\n").version2())
                .isEqualTo(Optional.empty());
    }
}
