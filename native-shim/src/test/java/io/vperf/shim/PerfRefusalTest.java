package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel really answered, by a seccomp filter on a scratch thread, and what is made of it. */
class PerfRefusalTest {

    private final Natives natives = Loaded.natives();

    @ParameterizedTest
    @CsvSource({
        "1, EPERM, CAP_PERFMON",
        "13, EACCES, CAP_PERFMON",
        "38, ENOSYS, CONFIG_PERF_EVENTS",
        "2, ENOENT, Linux 3.12",
        "22, EINVAL, Linux 3.12",
        "24, EMFILE, ulimit -n",
        "23, ENFILE, fs.file-max"
    })
    void shouldSayWhyTheEventIsRefused(int errno, String name, String remedy) throws Exception {
        var refused = refused(SeccompFilter.PERF_EVENT_OPEN, errno);

        assertThat(refused.reason()).startsWith("perf_event_open failed with " + name);
        assertThat(refused.remedy()).contains(remedy);
    }

    @Test
    void shouldGiveTheNumberOfAnErrorItDoesNotExpect() throws Exception {
        assertThat(refused(SeccompFilter.PERF_EVENT_OPEN, 99))
                .isEqualTo(new Capability.Unavailable<PerfPage>("perf_event_open failed with errno 99", ""));
    }

    @ParameterizedTest
    @CsvSource({"1, EPERM, ulimit -l", "12, ENOMEM, vm.max_map_count"})
    void shouldSayWhyThePageIsRefused(int errno, String name, String remedy) throws Exception {
        var refused = refused(SeccompFilter.MMAP, errno);

        assertThat(refused.reason()).startsWith("mmap of a perf event's page failed with " + name);
        assertThat(refused.remedy()).contains(remedy);
    }

    @Test
    void shouldShowTheSettingThatForbids() throws Exception {
        String paranoid = Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid"))
                .strip();

        assertThat(refused(SeccompFilter.PERF_EVENT_OPEN, Errno.EACCES).reason())
                .contains("kernel.perf_event_paranoid is " + paranoid);
    }

    @Test
    void shouldAdviseDebiansSysctlWhereItForbids(@TempDir Path proc) throws Exception {
        Path kernel = Files.createDirectories(proc.resolve("sys/kernel"));
        Files.writeString(kernel.resolve("perf_event_paranoid"), "3\n");

        assertThat(new PerfRefusal(proc).ofEvent(Errno.EACCES))
                .isEqualTo(
                        new Capability.Unavailable<PerfPage>(
                                "perf_event_open failed with EACCES, kernel.perf_event_paranoid is 3",
                                "Set sysctl kernel.perf_event_paranoid=2, or grant CAP_PERFMON (before Linux 5.8 CAP_SYS_ADMIN)."));
    }

    @Test
    void shouldNotInventSettingsItCannotRead(@TempDir Path proc) {
        PerfRefusal blind = new PerfRefusal(proc);

        assertThat(Loaded.reason(blind.ofEvent(Errno.EPERM))).contains("perf_event_paranoid is unknown");
        assertThat(Loaded.reason(blind.ofPage(Errno.EPERM))).contains("mlock_kb is unknown", "ulimit -l is unknown");
    }

    private Capability.Unavailable<PerfPage> refused(int systemCall, int errno) throws Exception {
        PerfPages pages = PerfPages.of(natives);
        Scratch.run(() -> Loaded.page(pages)).close();
        Capability<PerfPage> page = Scratch.run(() -> {
            SeccompFilter.refuse(natives, systemCall, errno);
            return pages.open();
        });
        assertThat(page).isInstanceOf(Capability.Unavailable.class);
        return (Capability.Unavailable<PerfPage>) page;
    }
}
