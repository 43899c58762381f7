package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a counter is not to be had: what the kernel really answered, if need be by a seccomp filter on a scratch thread. */
class CounterRefusalTest {

    private static final Path MACHINES = Path.of("src/test/resources/pmu");

    private final Natives natives = Loaded.natives();

    @ParameterizedTest
    @CsvSource({
        "page-faults, 1, EPERM, CAP_PERFMON",
        "page-faults, 13, EACCES, CAP_PERFMON",
        "page-faults, 38, ENOSYS, CONFIG_PERF_EVENTS",
        "page-faults, 2, ENOENT, newer kernel",
        "page-faults, 22, EINVAL, modifier ku",
        "page-faults, 24, EMFILE, ulimit -n",
        "page-faults, 23, ENFILE, fs.file-max",
        "page-faults, 16, EBUSY, nmi_watchdog",
        "context-switches, 13, EACCES, CAP_PERFMON"
    })
    void shouldNameTheCounterTheErrorAndTheRemedy(String event, int errno, String name, String remedy)
            throws Exception {
        Counters counters = Counting.counters(1, event);
        Scratch.run(() -> Counting.open(counters)).close();
        var refused = Scratch.run(() -> {
            SeccompFilter.refuse(natives, SeccompFilter.PERF_EVENT_OPEN, errno);
            return counters.open();
        });

        assertThat(Loaded.reason(refused)).startsWith("counter " + event + ": perf_event_open failed with " + name);
        assertThat(remedy(refused)).contains(remedy);
    }

    /** Of the running machine, whichever it is. */
    @ParameterizedTest
    @CsvSource({"instructions", "cycles", "LLC-load-misses", "r1c2"})
    void shouldSayWhatToAskForWhereThereIsNoPmu(String event) throws Exception {
        PmuFolder pmus = new PmuFolder(Path.of("/sys/bus/event_source/devices"));
        assumeFalse(pmus.hasProcessorPmu(), "this machine has a PMU");
        Counters counters = Counting.counters(2, "page-faults", event);
        Scratch.run(() -> Counting.open(Counting.counters(1, "page-faults"))).close();
        var refused = Scratch.run(counters::open);

        assertThat(Loaded.reason(refused))
                .isEqualTo("counter " + event
                        + ": perf_event_open failed with ENOENT: this machine has no hardware counters");
        assertThat(remedy(refused)).startsWith("Ask for a virtual PMU: ").contains("QEMU", "VMware", "Google Cloud");
    }

    @ParameterizedTest
    @CsvSource({
        "none, 2, this machine has no hardware counters, Ask for a virtual PMU",
        "none, 19, this machine has no hardware counters, Ask for a virtual PMU",
        "none, 95, this machine has no hardware counters, Ask for a virtual PMU",
        "intel, 2, 'this processor, or the virtual PMU that a guest is given, does not count it', Choose an event",
        "arm64, 95, 'this processor, or the virtual PMU that a guest is given, does not count it', Choose an event"
    })
    void shouldTellAMissingEventFromAMissingPmu(String machine, int errno, String reason, String remedy) {
        PerfRefusal refusal = new PerfRefusal(Path.of("/proc"), MACHINES.resolve(machine));
        Capability<ThreadCounters> refused =
                refusal.ofCounter(Counting.events("LLC-loads").get(0), errno);

        assertThat(Loaded.reason(refused)).startsWith("counter LLC-loads: ").endsWith(": " + reason);
        assertThat(remedy(refused)).startsWith(remedy);
    }

    /** 2 suffices for user space; the kernel's side wants 1. */
    @ParameterizedTest
    @CsvSource({
        "page-faults, 3, perf_event_paranoid=2", "page-faults, 2, seccomp profile",
        "context-switches, 3, perf_event_paranoid=1", "context-switches, 2, perf_event_paranoid=1",
        "context-switches, 1, seccomp profile", "page-faults:k, 2, perf_event_paranoid=1"
    })
    void shouldAdviseTheSettingThatSuffices(String event, int paranoid, String remedy, @TempDir Path proc)
            throws Exception {
        Path kernel = Files.createDirectories(proc.resolve("sys/kernel"));
        Files.writeString(kernel.resolve("perf_event_paranoid"), paranoid + "\n");
        Capability<ThreadCounters> refused =
                new PerfRefusal(proc).ofCounter(Counting.events(event).get(0), Errno.EACCES);

        assertThat(Loaded.reason(refused))
                .endsWith("kernel.perf_event_paranoid is " + paranoid
                        + (remedy.startsWith("seccomp")
                                ? ": a container's seccomp filter or a security module forbids it"
                                : ""));
        assertThat(remedy(refused)).contains(remedy);
    }

    /** The PMU msr counts for all privileges at once, and refuses to leave one out. */
    @Test
    void shouldAdviseAPmuThatCannotTellTheSidesApart() throws Exception {
        assumeTrue(Files.exists(Path.of("/sys/bus/event_source/devices/msr/events/tsc")), "no PMU msr");
        Scratch.run(() -> Counting.open(Counting.counters(1, "msr/tsc/ku"))).close();
        var refused = Scratch.run(() -> Counting.counters(1, "msr/tsc/").open());

        assertThat(Loaded.reason(refused)).startsWith("counter msr/tsc/: perf_event_open failed with EINVAL");
        assertThat(remedy(refused)).contains("modifier ku only");
    }

    /** Refused behind another of its group it is tried alone, for it may be the group that is too large; it is not. */
    @Test
    void shouldNameTheOneOfAGroupThatIsRefused() throws Exception {
        assumeTrue(Files.exists(Path.of("/sys/bus/event_source/devices/msr/events/tsc")), "no PMU msr");
        Scratch.run(() -> Counting.open(Counting.counters(1, "msr/tsc/ku"))).close();
        var refused = Scratch.run(() -> Counting.counters(9, "msr/tsc/ku", "msr/tsc/:uk", "msr/tsc/u", "page-faults")
                .open());

        assertThat(Loaded.reason(refused)).startsWith("counter msr/tsc/u: perf_event_open failed with EINVAL");
        assertThat(PerfDescriptors.open()).isZero();
    }

    @Test
    void shouldWantAtLeastOneCounter() {
        var none = Counters.of(natives, new Descriptors(1), List.of(), true);

        assertThat(Loaded.reason(none)).startsWith("0 counters");
    }

    private static String remedy(Capability<?> refused) {
        assertThat(refused).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<?>) refused).remedy();
    }
}
