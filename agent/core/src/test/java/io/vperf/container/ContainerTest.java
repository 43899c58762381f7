package io.vperf.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.linux.Machines;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTest {

    private static final String WHOLE_DISK = "25 1 254:1 / / rw shared:1 - ext4 /dev/vda1 rw\n";

    @ParameterizedTest
    @CsvSource({
        "docker-cgroup-v1, DOCKER, false, cgroup /docker/7be92808",
        "docker-cgroup-v2, DOCKER, false, mount of /docker/containers/7be92808",
        "podman-cgroup-v2, PODMAN, false, mount of /containers/overlay-containers/7be92808",
        "kubernetes-cgroup-v1, CONTAINERD, true, cri-containerd-7be92808",
        "kubernetes-cgroup-v2, CRIO, true, mount of /containers/storage/overlay-containers/7be92808",
        "lxc, LXC, false, /run/systemd/container \"lxc\"",
        "nspawn, SYSTEMD_NSPAWN, false, /run/host/container-manager \"systemd-nspawn\"",
        "gvisor, GVISOR, false, kernel 4.4.0 is gVisor's",
        "kubernetes-node-cgroup-v2, NONE, false, no container shows itself",
        "firecracker, NONE, false, no container shows itself"
    })
    void shouldKnowTheRuntime(String machine, ContainerRuntime runtime, boolean kubernetes, String told) {
        Container container = Container.read(Machines.root(machine), "self");

        assertThat(container.runtime()).isEqualTo(runtime);
        assertThat(container.kubernetes()).isEqualTo(Capability.available(kubernetes));
        assertThat(
                        container.name() instanceof Capability.Available<String> known
                                ? known.value()
                                : ((Capability.Unavailable<String>) container.name()).reason())
                .contains(told);
    }

    @Test
    void shouldKnowTheContainerOfAnotherProcess() {
        Container container = Container.read(Machines.root("kubernetes-node-cgroup-v2"), "4711");

        assertThat(container.runtime()).isEqualTo(ContainerRuntime.CONTAINERD);
        assertThat(container.kubernetes()).isEqualTo(Capability.available(true));
    }

    /** Found on the machine this was written on: its disk was made from a Docker image. */
    @Test
    void shouldNotTakeADiskMadeFromAnImageForAContainer() {
        Container container = Container.read(Machines.root("firecracker"), "self");

        assertThat(container.evidence())
                .containsExactly("/.dockerenv is not believed: the root file system is all of /dev/vda");
    }

    @ParameterizedTest
    @CsvSource({
        "/system.slice/docker-7be92808767a667f35c8.scope, DOCKER",
        "/docker/buildx/7be92808767a667f35c8, DOCKER",
        "/system.slice/docker.service, NONE",
        "/machine.slice/libpod-7be92808767a667f35c8.scope/container, PODMAN",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-7be92808767a667f35c8.scope, PODMAN",
        "/kubepods.slice/kubepods-pod1.slice:cri-containerd:7be92808767a667f35c8, CONTAINERD",
        "/kubepods.slice/kubepods-pod1.slice/crio-7be92808767a667f35c8.scope, CRIO",
        "/lxc/web, LXC",
        "/lxc.payload.web/init.scope, LXC",
        "/machine.slice/systemd-nspawn@deb.service/payload, SYSTEMD_NSPAWN",
        "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope, NONE",
        "/kubepods/besteffort/pod1/7be92808767a667f35c8, UNKNOWN",
        "/, NONE"
    })
    void shouldKnowTheHabitsOfNamingCgroups(String path, ContainerRuntime runtime, @TempDir Path temp) {
        FakeRoot root = new FakeRoot(temp)
                .with("proc/self/cgroup", "3:cpu,cpuacct:" + path + "\n")
                .with("proc/self/mountinfo", WHOLE_DISK);

        assertThat(Container.read(root.path(), "self").runtime()).isEqualTo(runtime);
    }

    @Test
    void shouldBelieveFilesLeftByRuntimesWhereNothingSpeaksAgainstThem(@TempDir Path temp) {
        FakeRoot root = new FakeRoot(temp)
                .with("proc/self/cgroup", "0::/\n")
                .with("proc/self/mountinfo", "1 0 0:9 /x / rw - btrfs /dev/sda rw\n")
                .with(".dockerenv", "");
        assertThat(Container.read(temp, "self").runtime()).isEqualTo(ContainerRuntime.DOCKER);

        root.without(".dockerenv").with("proc/self/environ", "A=1\0container=oci\0B=2\0");
        assertThat(Container.read(temp, "self").runtime()).isEqualTo(ContainerRuntime.OTHER);
        assertThat(Container.read(temp, "self").evidence()).containsExactly("environment container=oci");
    }

    @Test
    void shouldNotCallTheUnknownNone(@TempDir Path temp) {
        assertThat(Container.read(temp, "self").runtime()).isEqualTo(ContainerRuntime.UNKNOWN);
        assertThat(Container.read(temp, "self").kubernetes()).isInstanceOf(Capability.Unavailable.class);

        FakeRoot root = new FakeRoot(temp).with("proc/self/mountinfo", WHOLE_DISK);
        assertThat(Container.read(temp, "self").runtime()).isEqualTo(ContainerRuntime.UNKNOWN);

        root.with("proc/self/cgroup", "0::/\n");
        assertThat(Container.read(temp, "self").runtime()).isEqualTo(ContainerRuntime.NONE);

        root.with("proc/self/mountinfo", "1 0 0:9 / / rw - overlay overlay rw,upperdir=/cow\n");
        assertThat(Container.read(temp, "self").runtime()).isEqualTo(ContainerRuntime.UNKNOWN);
    }

    @Test
    void shouldNotTakeWslForAContainer(@TempDir Path temp) {
        new FakeRoot(temp)
                .with("proc/self/cgroup", "0::/\n")
                .with("proc/self/mountinfo", "1 0 8:32 / / rw - ext4 /dev/sdc rw\n")
                .with("run/systemd/container", "wsl\n");

        assertThat(Container.read(temp, "self").runtime()).isEqualTo(ContainerRuntime.NONE);
    }
}
