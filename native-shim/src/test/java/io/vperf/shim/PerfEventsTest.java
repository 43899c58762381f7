package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that every machine knows by name, against the numbers of {@code linux/perf_event.h}. */
class PerfEventsTest {

    private final PerfEvents events = new PerfEvents(Path.of("src/test/resources/pmu/none"));

    @ParameterizedTest
    @CsvSource({
        "cpu-cycles, 0, 0x0",
        "cycles, 0, 0x0",
        "instructions, 0, 0x1",
        "cache-references, 0, 0x2",
        "cache-misses, 0, 0x3",
        "branches, 0, 0x4",
        "branch-instructions, 0, 0x4",
        "branch-misses, 0, 0x5",
        "bus-cycles, 0, 0x6",
        "stalled-cycles-frontend, 0, 0x7",
        "stalled-cycles-backend, 0, 0x8",
        "ref-cycles, 0, 0x9",
        "cpu-clock, 1, 0x0",
        "task-clock, 1, 0x1",
        "page-faults, 1, 0x2",
        "faults, 1, 0x2",
        "context-switches, 1, 0x3",
        "cs, 1, 0x3",
        "cpu-migrations, 1, 0x4",
        "migrations, 1, 0x4",
        "minor-faults, 1, 0x5",
        "major-faults, 1, 0x6",
        "alignment-faults, 1, 0x7",
        "emulation-faults, 1, 0x8",
        "cgroup-switches, 1, 0xb",
        "L1-dcache-loads, 3, 0x0",
        "L1-dcache-load-misses, 3, 0x10000",
        "L1-dcache-stores, 3, 0x100",
        "L1-dcache-prefetch-misses, 3, 0x10200",
        "L1-icache-load-misses, 3, 0x10001",
        "LLC-loads, 3, 0x2",
        "LLC-load-misses, 3, 0x10002",
        "LLC-stores, 3, 0x102",
        "LLC-prefetches, 3, 0x202",
        "dTLB-load-misses, 3, 0x10003",
        "dTLB-store-misses, 3, 0x10103",
        "iTLB-loads, 3, 0x4",
        "iTLB-load-misses, 3, 0x10004",
        "branch-loads, 3, 0x5",
        "branch-load-misses, 3, 0x10005",
        "node-loads, 3, 0x6",
        "node-store-misses, 3, 0x10106",
        "llc-LOADS, 3, 0x2",
        "r1c2, 4, 0x1c2",
        "rFFFFFFFFFFFFFFFF, 4, 0xFFFFFFFFFFFFFFFF",
        "r0, 4, 0x0"
    })
    void shouldKnowTheEvent(String name, int type, String config) {
        PerfEvent event = Loaded.value(events.parse(name));

        assertThat(event.name()).isEqualTo(name);
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.config()).isEqualTo(Long.parseUnsignedLong(config.substring(2), 16));
        assertThat(event.config1() | event.config2()).isZero();
    }

    /** User space alone, but for what can only be counted in the kernel; a clock counts both sides whatever is asked. */
    @ParameterizedTest
    @CsvSource({
        "instructions, true, false",
        "instructions:u, true, false",
        "instructions:k, false, true",
        "instructions:ku, true, true",
        "instructions:uk, true, true",
        "r1c2, true, false",
        "r1c2:k, false, true",
        "page-faults, true, false",
        "page-faults:ku, true, true",
        "page-faults:k, false, true",
        "LLC-loads:uk, true, true",
        "context-switches, true, true",
        "context-switches:ku, true, true",
        "cpu-migrations:k, false, true",
        "task-clock, true, false",
        "task-clock:ku, true, false",
        "cpu-clock, true, false"
    })
    void shouldCountOnTheSidesAskedFor(String name, boolean user, boolean kernel) {
        PerfEvent event = Loaded.value(events.parse(name));

        assertThat(event.user()).isEqualTo(user);
        assertThat(event.kernel()).isEqualTo(kernel);
    }

    @ParameterizedTest
    @CsvSource({
        "instruction, there is no event instruction, instructions",
        "cache-miss, there is no event cache-miss, cache-misses",
        "branch_misses, there is no event branch_misses, branch-misses",
        "L1-dcache-misses, there is no event L1-dcache-misses, L1-dcache-load-misses",
        "context-switch:ku, there is no event context-switch, context-switches",
        "page, there is no event page, page-faults"
    })
    void shouldNameWhatMayHaveBeenMeant(String name, String reason, String meant) {
        var wrong = wrong(name);

        assertThat(wrong.reason()).isEqualTo("counter " + name + ": " + reason);
        assertThat(wrong.remedy()).startsWith("Did you mean ").contains(meant).contains("perf list");
    }

    @ParameterizedTest
    @CsvSource({
        "instructions:uh, modifier uh is not known",
        "cycles:pp, modifier pp is not known",
        "r1c2:x, modifier x is not known",
        "context-switches:u, would always be 0",
        "cpu-migrations:u, would always be 0",
        "task-clock:u, does not tell user space from the kernel",
        "cpu-clock:k, does not tell user space from the kernel",
        "sched:sched_switch, tracepoints and breakpoints are not counted",
        "syscalls:sys_enter_read, tracepoints and breakpoints are not counted",
        "mem:0x1000:rw, tracepoints and breakpoints are not counted",
        "quite-another-thing, there is no event quite-another-thing",
        "r1g2, there is no event r1g2",
        "r12345678901234567, there is no event r12345678901234567",
        "'', has no name",
        ":u, :u is not an event",
        "cpu/instructions, cpu/instructions is not an event"
    })
    void shouldSayWhatIsWrong(String name, String reason) {
        var wrong = wrong(name);

        assertThat(wrong.reason()).contains(reason).contains(name);
        assertThat(wrong.remedy()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dummy", "bpf-output"})
    void shouldNotOfferWhatNeverCounts(String name) {
        assertThat(wrong(name).reason()).contains("there is no event");
    }

    @Test
    void shouldTakeWhatIsWhiteAroundAName() {
        assertThat(Loaded.value(events.parse(" page-faults ")).name()).isEqualTo("page-faults");
    }

    private Capability.Unavailable<PerfEvent> wrong(String name) {
        Capability<PerfEvent> parsed = events.parse(name);
        assertThat(parsed).isInstanceOf(Capability.Unavailable.class);
        return (Capability.Unavailable<PerfEvent>) parsed;
    }
}
