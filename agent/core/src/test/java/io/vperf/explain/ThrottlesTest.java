package io.vperf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.container.CpuCgroups;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.linux.FakeRoot;
import io.vperf.linux.Machines;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottlesTest {

    private static final long MS = 1_000_000;

    private final Path temp;
    private final TestHealth health = new TestHealth();

    ThrottlesTest(@TempDir Path temp) {
        this.temp = temp;
    }

    /** A machine's tree that can be written to. */
    private Path copyOf(String machine) throws IOException {
        Path from = Machines.root(machine);
        Path to = temp.resolve(machine);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
        return to;
    }

    private Capability<Throttles> of(Path root) {
        return Throttles.of(CpuCgroups.ofSelf(root), health.health(), 0);
    }

    private static Throttles known(Capability<Throttles> found) {
        assertThat(found).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<Throttles>) found).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker-cgroup-v1     | sys/fs/cgroup/cpu,cpuacct/cpu.stat                    | 7000",
                "kubernetes-cgroup-v1 | sys/fs/cgroup/cpu,cpuacct/cpu.stat                    | 7000",
                "docker-cgroup-v2     | sys/fs/cgroup/cpu.stat                                | 7000000",
                "nspawn               | sys/fs/cgroup/system.slice/app.service/cpu.stat       | 7000000",
                "nspawn               | sys/fs/cgroup/system.slice/cpu.stat                   | 7000000"
            })
    void shouldCountWhatIsThrottledFromNowOn(String machine, String file, long grownNs) throws IOException {
        Path root = copyOf(machine);
        try (Throttles throttles = known(of(root))) {
            throttles.sample(MS);
            assertThat(throttles.totals().throttledNs()).isZero();

            Path counters = root.resolve(file);
            Matcher found =
                    Pattern.compile("(throttled_(?:time|usec) )([0-9]+)").matcher(Files.readString(counters));
            String grown = found.replaceFirst(m -> m.group(1) + (Long.parseLong(m.group(2)) + 7_000));
            Files.writeString(counters, grown);
            throttles.sample(2 * MS);

            assertThat(throttles.totals().throttledNs()).isEqualTo(grownNs);
            assertThat(throttles.timeline().give(MS, 2 * MS, Long.MAX_VALUE)).isEqualTo(grownNs);
        }
    }

    @Test
    void shouldNameTheCgroupsThatItReads() throws IOException {
        try (Throttles throttles = known(of(copyOf("nspawn")))) {
            assertThat(throttles.source()).startsWith("cpu.stat of /system.slice/app.service");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare-metal", "kvm"})
    void shouldSayWhyNobodyCanTell(String machine) {
        assertThat(of(Machines.root(machine))).isInstanceOf(Capability.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldAddUpAllLevels(int version) {
        FakeThrottles counters = new FakeThrottles(temp, version, 3);
        counters.set(0, 100, 50, 7_000 * MS);
        try (Throttles throttles = counters.throttles(health.health(), 0)) {
            assertThat(throttles.totals().throttledNs()).as("since the start").isZero();

            counters.grow(0, 5 * MS);
            counters.grow(0, 0);
            counters.grow(2, 3 * MS);
            throttles.sample(10 * MS);

            assertThat(throttles.totals())
                    .isEqualTo(new Throttled(
                            List.of(
                                    new Throttled.Level("/0", 2, 1, 5 * MS),
                                    new Throttled.Level("/1", 0, 0, 0),
                                    new Throttled.Level("/2", 1, 1, 3 * MS)),
                            0));
            assertThat(throttles.timeline().give(0, 10 * MS, 100 * MS)).isEqualTo(8 * MS);
            assertThat(throttles.totals().attributedNs()).isEqualTo(8 * MS);
            assertThat(throttles.totals().unattributedNs()).isZero();
        }
        assertThat(health.total(Trouble.THROTTLE_SAMPLES_FAILED)).isZero();
    }

    @Test
    void shouldDateGrowthBetweenTwoSamples() {
        FakeThrottles counters = new FakeThrottles(temp, 1, 1);
        try (Throttles throttles = counters.throttles(health.health(), 0)) {
            throttles.sample(10 * MS);
            counters.grow(0, 4 * MS);
            throttles.sample(20 * MS);
            throttles.sample(30 * MS);

            assertThat(throttles.timeline().isFree(0, 10 * MS)).isTrue();
            assertThat(throttles.timeline().isFree(20 * MS, 30 * MS)).isTrue();
            assertThat(throttles.timeline().give(19 * MS, 25 * MS, MS)).isEqualTo(MS);
        }
    }

    /** It may have grown at any time since it could be read last. */
    @Test
    void shouldDateGrowthSinceTheLastGoodSample() {
        FakeThrottles counters = new FakeThrottles(temp, 1, 2);
        try (Throttles throttles = counters.throttles(health.health(), 0)) {
            counters.grow(1, 2 * MS);
            throttles.sample(10 * MS);
            counters.garble(0, "");
            counters.grow(1, 2 * MS);
            throttles.sample(20 * MS);
            counters.garble(0, "");
            counters.grow(1, 2 * MS);
            throttles.sample(30 * MS);
            assertThat(health.total(Trouble.THROTTLE_SAMPLES_FAILED)).isEqualTo(2);
            counters.grow(0, 7 * MS);
            throttles.sample(40 * MS);

            assertThat(throttles.timeline().give(0, 10 * MS, 100 * MS)).isEqualTo(2 * MS);
            assertThat(throttles.timeline().give(12 * MS, 15 * MS, 100 * MS)).isEqualTo(11 * MS);
            assertThat(throttles.timeline().countedNs()).isEqualTo(13 * MS);
            assertThat(throttles.totals().throttledNs()).isEqualTo(13 * MS);
        }
    }

    @Test
    void shouldKeepWhatItKnowsOfALevelThatVanishes() {
        FakeThrottles counters = new FakeThrottles(temp, 1, 2);
        try (Throttles throttles = counters.throttles(health.health(), 0)) {
            counters.grow(0, 4 * MS);
            counters.grow(1, 5 * MS);
            throttles.sample(10 * MS);
            Throttled before = throttles.totals();
            counters.garble(0, "nr_periods 9\n");
            counters.grow(1, MS);
            throttles.sample(20 * MS);

            assertThat(throttles.totals().levels().get(0))
                    .isEqualTo(before.levels().get(0));
            assertThat(throttles.totals().levels().get(1)).isEqualTo(new Throttled.Level("/1", 2, 2, 6 * MS));
        }
    }

    /** A cgroup was removed and made anew under its name: it begins at 0, and nobody knows what was before. */
    @Test
    void shouldNotCountACounterThatRunsBackwards() {
        FakeThrottles counters = new FakeThrottles(temp, 1, 1);
        counters.set(0, 1_000, 500, 900 * MS);
        try (Throttles throttles = counters.throttles(health.health(), 0)) {
            counters.grow(0, 4 * MS);
            throttles.sample(10 * MS);
            counters.set(0, 3, 2, 5 * MS);
            throttles.sample(20 * MS);
            assertThat(health.total(Trouble.THROTTLE_SAMPLES_FAILED)).isEqualTo(1);
            assertThat(throttles.totals().levels()).containsExactly(new Throttled.Level("/0", 1, 1, 4 * MS));

            counters.grow(0, 6 * MS);
            throttles.sample(30 * MS);
            assertThat(throttles.totals().levels()).containsExactly(new Throttled.Level("/0", 2, 2, 10 * MS));
            assertThat(throttles.timeline().countedNs()).isEqualTo(10 * MS);
        }
    }

    @Test
    void shouldReadNothingAfterItWasClosed() {
        FakeThrottles counters = new FakeThrottles(temp, 1, 1);
        Throttles throttles = counters.throttles(health.health(), 0);
        throttles.close();
        counters.grow(0, 4 * MS);
        throttles.sample(10 * MS);
        assertThat(throttles.totals().throttledNs()).isZero();
    }

    @Test
    void shouldLeaveOutLevelsWithoutCounters() {
        FakeThrottles counters = new FakeThrottles(temp, 2, 2);
        new FakeRoot(temp).with("1/cpu.stat", "usage_usec 9\nuser_usec 7\nsystem_usec 2\n");
        try (Throttles throttles = counters.throttles(health.health(), 0)) {
            assertThat(throttles.totals().levels())
                    .extracting(Throttled.Level::path)
                    .containsExactly("/0");
        }
    }
}
