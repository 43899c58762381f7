package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {

    private final CpuTicks ticks = new CpuTicks();

    private final Path temp;

    ProcStatTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 256, 8192})
    void shouldGrowUntilAllVcpusFit(int vcpus) {
        FakeRoot root = new FakeRoot(temp).with("proc/stat", FakeRoot.stat(vcpus));
        try (ProcStat stat = new ProcStat(root.path(), 64)) {
            assertThat(stat.sample(ticks)).as(ticks.failure()).isTrue();
        }
        assertThat(ticks.presentCount()).isEqualTo(vcpus);
        assertThat(ticks.ticks(vcpus - 1, CpuColumn.STEAL)).isEqualTo(vcpus * 1_000_000L + 7);
    }

    @Test
    void shouldReadTheFileAnewForEachSample() {
        FakeRoot root = new FakeRoot(temp).with("proc/stat", FakeRoot.stat(2));
        try (ProcStat stat = new ProcStat(root.path())) {
            stat.sample(ticks);
            root.with("proc/stat", FakeRoot.fixture("stat-6.1-offline-gap.txt"));
            assertThat(stat.sample(ticks)).isTrue();
        }
        assertThat(ticks.ticks(5, CpuColumn.STEAL)).isEqualTo(32);
    }

    @Test
    void shouldFailAndRecoverWhereTheFileComesLater() {
        try (ProcStat stat = new ProcStat(temp)) {
            assertThat(stat.sample(ticks)).isFalse();
            assertThat(ticks.failure()).contains("No such file or directory");
            new FakeRoot(temp).with("proc/stat", FakeRoot.stat(2));
            assertThat(stat.sample(ticks)).isTrue();
        }
    }

    @Test
    void shouldNotMindAnInterrupt() {
        new FakeRoot(temp).with("proc/stat", FakeRoot.stat(2));
        try (ProcStat stat = new ProcStat(temp)) {
            stat.sample(ticks);
            Thread.currentThread().interrupt();
            assertThat(stat.sample(ticks)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(stat.sample(ticks)).isTrue();
        }
    }

    @Test
    void shouldNameTheFileAndThePlaceOfBadText() {
        new FakeRoot(temp).with("proc/stat", "cpu0 1 2 three\nintr 1\n");
        try (ProcStat stat = new ProcStat(temp)) {
            assertThat(stat.sample(ticks)).isFalse();
        }
        assertThat(ticks.failure()).contains("proc/stat").endsWith("at byte 9");
    }

    @Test
    void shouldFailAfterClose() {
        ProcStat stat = new ProcStat(temp);
        stat.close();
        assertThat(stat.sample(ticks)).isFalse();
    }

    @Test
    void shouldReadThisMachine() {
        assumeTrue(Files.exists(Path.of("/proc/stat")), "no /proc/stat: not Linux");
        try (ProcStat stat = new ProcStat(Path.of("/"))) {
            assertThat(stat.sample(ticks)).as(ticks.failure()).isTrue();
        }
        assertThat(ticks.presentCount())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void shouldNotAllocateInSteadyState() {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean,
                "this JVM does not count allocations per thread");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        new FakeRoot(temp).with("proc/stat", FakeRoot.stat(256));
        try (ProcStat stat = new ProcStat(temp)) {
            for (int i = 0; i < 100; i++) {
                stat.sample(ticks);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                stat.sample(ticks);
            }
            long after = threads.getCurrentThreadAllocatedBytes();
            // Less than one object a sample: the interpreter's call above may cost a few.
            assertThat(after - before).isLessThan(100 * 16);
        }
        assertThat(ticks.good()).isTrue();
    }
}
