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

class ConfinementTest {

    private static <T> T known(Capability<T> capability) {
        assertThat(capability).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<T>) capability).value();
    }

    private static CpuLevel own(String machine) {
        return known(CpuCgroups.read(Machines.root(machine), "self")).levels().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "docker-cgroup-v1, 1, 1.5, 512, 8123, 4711, 3021456789012",
        "docker-cgroup-v2, 2, 0.5, 79, 1000, 250, 12500000000",
        "kubernetes-cgroup-v1, 1, 2.0, 2048, 90210, 1234, 77123456789",
        "kubernetes-cgroup-v2, 2, 1.0, 20, 5000, 17, 912345000",
        "nspawn, 2, 0.2, 100, 411, 400, 32100000000"
    })
    void shouldReadTheOwnCgroup(
            String machine, int version, double cpus, long weight, long periods, long throttled, long throttledNs) {
        CpuLevel own = own(machine);

        assertThat(own.quota().then(CpuQuota::cpus)).isEqualTo(Capability.available(cpus));
        assertThat(own.weight()).isEqualTo(Capability.available(new CpuWeight(version, weight)));
        assertThat(own.throttling()).isEqualTo(Capability.available(new Throttling(periods, throttled, throttledNs)));
    }

    @ParameterizedTest
    @CsvSource({"podman-cgroup-v2", "lxc", "firecracker"})
    void shouldTellACgroupWithoutALimit(String machine) {
        assertThat(known(own(machine).quota()).limited()).isFalse();
        assertThat(known(own(machine).quota()).periodUs()).hasValue(100_000);
    }

    @Test
    void shouldWalkUpToTheTop() {
        CpuCgroups cgroups = known(CpuCgroups.read(Machines.root("nspawn"), "self"));

        assertThat(cgroups.levels())
                .extracting(CpuLevel::path)
                .containsExactly("/system.slice/app.service", "/system.slice", "/");
        assertThat(cgroups.limited()).extracting(CpuLevel::path).containsExactly("/system.slice/app.service");
        assertThat(cgroups.reachesRoot()).isFalse();
        assertThat(known(CpuCgroups.read(Machines.root("firecracker"), "self")).reachesRoot())
                .isTrue();
    }

    @Test
    void shouldReadAnotherProcessUpToTheRootWhichHasNoQuota() {
        Confinement pod = Confinement.ofProcess(Machines.root("kubernetes-node-cgroup-v2"), 4711);
        CpuCgroups cgroups = known(pod.cpu());

        assertThat(cgroups.levels()).hasSize(4);
        assertThat(cgroups.reachesRoot()).isTrue();
        CpuLevel top = cgroups.levels().get(3);
        assertThat(known(top.quota()).limited()).isFalse();
        assertThat(known(top.quota()).periodUs()).isEmpty();
        assertThat(top.throttling()).isInstanceOf(Capability.Unavailable.class);
        // The pod's own limit is tighter than its container's.
        assertThat(cgroups.limited()).hasSize(2);
        assertThat(pod.allowance().cpus()).isEqualTo(Capability.available(0.5));
        assertThat(pod.allowance().source()).startsWith("quota of cgroup /kubepods.slice/kubepods-pod0125ec2f");
        assertThat(pod.allowance().jvmProcessors()).isInstanceOf(Capability.Unavailable.class);
        assertThat(pod.allowance().jvmBelievesMore()).isFalse();
    }

    @Test
    void shouldCompareWithWhatTheJvmBelieves() {
        Path docker = Machines.root("docker-cgroup-v1");
        assertThat(Confinement.ofSelf(docker, 2).allowance().jvmBelievesMore()).isFalse();
        assertThat(Confinement.ofSelf(docker, 3).allowance().jvmBelievesMore()).isTrue();
    }

    @Test
    void shouldCountACpusetWhereItIsTighterThanTheQuota() {
        Confinement machine = Confinement.ofSelf(Machines.root("firecracker"), 2);

        assertThat(machine.allowance().cpus()).isEqualTo(Capability.available(2.0));
        assertThat(machine.allowance().source()).isEqualTo("cpuset 0-1");
        CpusetCgroups cpuset = known(CpusetCgroups.read(Machines.root("docker-cgroup-v2"), "self"));
        assertThat(cpuset.effective()).isEqualTo(Capability.available(new CpuList("0,2", 2)));
    }

    @Test
    void shouldNotKnowTheAllowanceWhereALimitCannotBeUnderstood(@TempDir Path temp) {
        FakeRoot root = new FakeRoot(temp)
                .with("proc/self/cgroup", "0::/a\n")
                .with("proc/self/mountinfo", "1 0 0:1 / /cg rw - cgroup2 c rw\n")
                .with("cg/a/cpu.max", "50000 100000\n")
                .with("cg/cpu.max", "lots\n");
        assertThat(Confinement.ofSelf(temp, 1).allowance().cpus())
                .isEqualTo(Capability.unavailable(
                        temp.resolve("cg/cpu.max") + " holds \"lots\", which is not understood", ""));

        root.with("cg/cpu.max", "max 100000\n");
        assertThat(Confinement.ofSelf(temp, 1).allowance().cpus()).isEqualTo(Capability.available(0.5));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0-3, 4", "'0,2', 2", "'0-1,4-7,9', 7", "1023, 1"})
    void shouldCountCpus(String text, int count) {
        assertThat(CpuList.parse("x", text)).isEqualTo(Capability.available(new CpuList(text, count)));
    }

    @ParameterizedTest
    @CsvSource({"''", "a", "-", "3-1", "'1,1'", "'0,'", "0-99999999", "'2,1'", "01a", "-1"})
    void shouldNotCountWhatIsNoListOfCpus(String text) {
        assertThat(CpuList.parse("x", text)).isInstanceOf(Capability.Unavailable.class);
    }
}
