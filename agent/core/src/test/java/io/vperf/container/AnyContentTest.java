package io.vperf.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

/** No content of any file makes a reader throw, hang or report a number that is not in the file. */
class AnyContentTest {

    private static final List<String> FILES = List.of(
            "proc/self/cgroup",
            "proc/self/mountinfo",
            "proc/self/environ",
            "proc/sys/kernel/osrelease",
            "proc/version",
            "run/host/container-manager",
            "run/systemd/container",
            "cg/cpu.max",
            "cg/cpu.weight",
            "cg/cpu.stat",
            "cg/cpuset.cpus",
            "cg/cpuset.cpus.effective",
            "cg/cpu.cfs_quota_us",
            "cg/cpu.cfs_period_us",
            "cg/cpu.shares",
            "cg/cpuset.effective_cpus",
            "cg/cgroup.procs");

    private final List<Path> made = new ArrayList<>();

    @Property(tries = 100)
    void shouldBearAnyContent(@ForAll("contents") List<byte[]> contents) throws IOException {
        FakeRoot root = root();
        for (int i = 0; i < FILES.size(); i++) {
            root.with(FILES.get(i), contents.get(i));
        }
        Confinement confinement = Confinement.ofSelf(root.path(), 1);

        if (confinement.cpu() instanceof Capability.Available<CpuCgroups> cpu) {
            cpu.value().levels().forEach(level -> assertThat(level.folder()).startsWithRaw(root.path()));
        }
    }

    /** The files that name the cgroup are good, those in it are not. */
    @Property(tries = 100)
    void shouldReportNoNumberThatIsNotInItsFile(@ForAll("contents") List<byte[]> contents, @ForAll boolean version1)
            throws IOException {
        FakeRoot root = root();
        for (int i = 0; i < FILES.size(); i++) {
            root.with(FILES.get(i), contents.get(i));
        }
        root.with("proc/self/cgroup", version1 ? "1:cpu,cpuset:/\n" : "0::/\n")
                .with(
                        "proc/self/mountinfo",
                        version1 ? "1 0 0:1 / /cg rw - cgroup c rw,cpu,cpuset\n" : "1 0 0:1 / /cg rw - cgroup2 c rw\n");
        Confinement confinement = Confinement.ofSelf(root.path(), 1);

        CpuLevel level = ((Capability.Available<CpuCgroups>) confinement.cpu())
                .value()
                .levels()
                .get(0);
        if (level.quota() instanceof Capability.Available<CpuQuota> quota) {
            String text =
                    version1 ? text(root, "cpu.cfs_quota_us") + text(root, "cpu.cfs_period_us") : text(root, "cpu.max");
            for (OptionalLong number :
                    List.of(quota.value().quotaUs(), quota.value().periodUs())) {
                number.ifPresent(value -> assertThat(plain(text)).contains(Long.toString(value)));
            }
        }
        if (level.weight() instanceof Capability.Available<CpuWeight> weight) {
            assertThat(plain(text(root, version1 ? "cpu.shares" : "cpu.weight")))
                    .contains(Long.toString(weight.value().value()));
        }
        if (level.throttling() instanceof Capability.Available<Throttling> throttling) {
            String text = plain(text(root, "cpu.stat"));
            assertThat(text).contains(Long.toString(throttling.value().periods()));
            assertThat(text).contains(Long.toString(throttling.value().throttledPeriods()));
            long ns = throttling.value().throttledNs();
            assertThat(text.contains(Long.toString(ns)) || text.contains(Long.toString(ns / 1000)))
                    .isTrue();
        }
        if (confinement.cpuset().then(CpusetCgroups::effective) instanceof Capability.Available<CpuList> cpus) {
            assertThat(text(root, version1 ? "cpuset.effective_cpus" : "cpuset.cpus.effective"))
                    .contains(cpus.value().text());
        }
    }

    /** Leading zeros do not change a number. */
    private static String plain(String text) {
        return text.replaceAll("(?<![0-9])0+(?=[0-9])", "");
    }

    private static String text(FakeRoot root, String file) throws IOException {
        return Files.readString(root.path().resolve("cg").resolve(file), StandardCharsets.ISO_8859_1);
    }

    @Provide
    Arbitrary<List<byte[]>> contents() {
        Arbitrary<byte[]> pieces = Arbitraries.of(
                        "0::/",
                        "1:cpu,cpuset:/",
                        "/..",
                        "\n",
                        "1 0 0:1 / /cg rw - cgroup2 c rw\n",
                        "1 0 0:1 / /cg rw - cgroup c rw,cpu,cpuset\n",
                        "1 0 0:1 /.. /cg/../../.. rw - cgroup2 c rw\n",
                        " ",
                        "max 100000\n",
                        "50000 100000\n",
                        "-1\n",
                        "007\n",
                        "99999999999999999999\n",
                        "9223372036854775807\n",
                        "nr_periods 5\n",
                        "nr_throttled 04\n",
                        "throttled_time 300\n",
                        "throttled_usec 200\n",
                        "throttled_usec 9223372036854775806\n",
                        "0-3,7\n",
                        "3-0\n",
                        "docker",
                        "\0",
                        "\u00e9")
                .list()
                .ofMaxSize(6)
                .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(64);
        return Arbitraries.frequencyOf(Tuple.of(4, pieces), Tuple.of(1, any))
                .list()
                .ofSize(FILES.size());
    }

    private FakeRoot root() throws IOException {
        Path temp = Files.createTempDirectory("vperf");
        made.add(temp);
        return new FakeRoot(temp);
    }

    @AfterProperty
    void removeRoots() throws IOException {
        for (Path root : made) {
            try (var paths = Files.walk(root)) {
                for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
