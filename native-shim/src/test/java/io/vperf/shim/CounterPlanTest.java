package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CounterPlanTest {

    private static List<PerfEvent> events(String... names) {
        PerfEvents events = new PerfEvents(Path.of("src/test/resources/pmu/intel"));
        return Stream.of(names).map(name -> Loaded.value(events.parse(name))).toList();
    }

    @Test
    void shouldCountSoftwareEventsApartAndFirst() {
        assertThat(CounterPlan.groups(events("instructions", "page-faults", "cycles", "context-switches"), 8))
                .containsExactly(List.of(1, 3), List.of(0, 2));
    }

    @Test
    void shouldPutAllOfTheProcessorsOwnTogether() {
        assertThat(CounterPlan.groups(events("instructions", "LLC-loads", "r1c2", "cpu/event=0x3c/"), 8))
                .containsExactly(List.of(0, 1, 2, 3));
    }

    @Test
    void shouldKeepPmusApart() {
        assertThat(CounterPlan.groups(events("msr/tsc/", "instructions", "msr/aperf/"), 8))
                .containsExactly(List.of(0, 2), List.of(1));
    }

    @Test
    void shouldHoldNoMoreHardwareEventsThanWereSeenToRunTogether() {
        List<PerfEvent> five = events("instructions", "cycles", "branches", "branch-misses", "cache-misses", "faults");

        assertThat(CounterPlan.groups(five, 2)).containsExactly(List.of(5), List.of(0, 1), List.of(2, 3), List.of(4));
        assertThat(CounterPlan.groups(five, 1)).hasSize(6);
    }

    @Test
    void shouldHoldNoMoreThanTheShimReadsAtOnce() {
        String[] nine = Stream.generate(() -> "page-faults").limit(9).toArray(String[]::new);

        assertThat(CounterPlan.groups(events(nine), 8)).extracting(List::size).containsExactly(8, 1);
    }
}
