package io.vperf.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.shim.Capability;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The readers on the machine that builds, with what must hold on any. */
class ThisMachineTest {

    private static final Path ROOT = Path.of("/");

    @Test
    void shouldFindTheCgroupThisProcessIsIn() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/cgroup")), "no /proc/self/cgroup: not Linux, or gVisor");
        Confinement confinement = Confinement.ofSelf(ROOT, Runtime.getRuntime().availableProcessors());
        assumeTrue(
                confinement.cpu() instanceof Capability.Available<CpuCgroups>,
                "no cpu cgroup can be seen: " + confinement.cpu());
        CpuCgroups cpu = ((Capability.Available<CpuCgroups>) confinement.cpu()).value();
        CpuLevel own = cpu.levels().get(0);

        assertThat(Files.readAllLines(own.folder().resolve("cgroup.procs")))
                .contains(Long.toString(ProcessHandle.current().pid()));
        assertThat(cpu.levels().get(cpu.levels().size() - 1).path()).isEqualTo("/");
        if (cpu.version() == 1) {
            String quota =
                    Files.readString(own.folder().resolve("cpu.cfs_quota_us")).strip();
            assertThat(own.limited()).isEqualTo(!quota.equals("-1"));
        }
    }

    @Test
    void shouldNeitherThrowNorCallTheUnknownNone() {
        Container container = Container.read(ROOT, "self");

        assertThat(container.runtime() == ContainerRuntime.NONE || container.runtime() == ContainerRuntime.UNKNOWN)
                .isEqualTo(container.name() instanceof Capability.Unavailable);
    }

    /** Real throttling: a child in a cgroup of its own that may use 10 ms in 100. */
    @Test
    void shouldSeeRealThrottling() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/cgroup")), "no /proc/self/cgroup: not Linux, or gVisor");
        Capability<CpuCgroups> found = CpuCgroups.read(ROOT, "self");
        assumeTrue(found instanceof Capability.Available<CpuCgroups>, "no cpu cgroup can be seen: " + found);
        CpuCgroups cpu = ((Capability.Available<CpuCgroups>) found).value();
        assumeTrue(cpu.version() == 1, "only version 1 lets a child be moved below a cgroup that holds processes");
        File folder = cpu.levels()
                .get(0)
                .folder()
                .resolve("vperf-test-" + ProcessHandle.current().pid())
                .toFile();
        assumeTrue(folder.mkdir(), "no right to make a cgroup");
        try {
            throttle(folder.toPath());
        } finally {
            assertThat(folder.delete()).as("cgroup of the test removed").isTrue();
        }
    }

    private static void throttle(Path folder) throws Exception {
        Files.writeString(folder.resolve("cpu.cfs_quota_us"), "10000");
        // It enters the cgroup by itself, so that it never runs outside.
        Process child = new ProcessBuilder("sh", "-c", "echo $$ > " + folder + "/cgroup.procs && while :; do :; done")
                .inheritIO()
                .start();
        try (ThrottleFile file = new ThrottleFile(folder)) {
            long until = System.nanoTime() + 30_000_000_000L;
            while (!(file.sample() && file.throttledNs() > 0) && System.nanoTime() < until) {
                Thread.sleep(20);
            }
            assertThat(file.failure()).isNull();
            assertThat(file.throttledNs()).isPositive();
            assertThat(file.throttledPeriods()).isPositive().isLessThanOrEqualTo(file.periods());

            Confinement confinement = Confinement.ofProcess(ROOT, child.pid());
            assertThat(confinement.allowance().cpus()).isEqualTo(Capability.available(0.1));
            List<CpuLevel> limited = ((Capability.Available<CpuCgroups>) confinement.cpu())
                    .value()
                    .limited();
            assertThat(limited).isNotEmpty();
            assertThat(limited.get(0).folder()).isEqualTo(folder);
            assertThat(limited.get(0).throttling()).isInstanceOf(Capability.Available.class);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
