package io.vperf.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import io.vperf.shim.PerfEvent;
import io.vperf.shim.PerfEvents;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedTest {

    private static Expected of(String name) {
        Capability<PerfEvent> parsed = new PerfEvents(Path.of("/sys")).parse(name);
        return Expected.of(((Capability.Available<PerfEvent>) parsed).value());
    }

    @ParameterizedTest
    @CsvSource({
        "instructions, 10000000, true",
        "instructions, 10100000, true",
        "instructions, 9999999, false",
        "instructions, 10300000, false",
        "instructions, 0, false",
        "instructions, 20000000, false",
        "instructions:ku, 20000000, true",
        "instructions:ku, 9000000, false",
        "branches, 5000000, true",
        "branches, 10000000, false",
        "branches, 100, false",
        "cycles, 2500000, true",
        "cycles, 600000, false",
        "cycles, 0, false"
    })
    void shouldKnowWhatALoopHas(String name, long counted, boolean right) {
        assertThat(of(name).isMet(counted, 1_000_000)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource({
        "branch-misses, 50000, true",
        "branch-misses, 100, false",
        "L1-dcache-loads, 100000, true",
        "L1-dcache-loads, 99999, false",
        "L1-dcache-load-misses, 1, true",
        "L1-dcache-load-misses, 0, false",
        "cache-references, 0, false",
        "page-faults, 0, false",
        "minor-faults, 1, true",
        "context-switches, 2, false",
        "context-switches, 3, true",
        "instructions:k, 0, false",
        "branch-misses:k, 0, false"
    })
    void shouldKnowWhatTheRestHasAtLeast(String name, long counted, boolean right) {
        assertThat(of(name).isMet(10_000_000, counted)).isEqualTo(right);
        assertThat(of(name).isAny()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"major-faults", "cpu-migrations", "alignment-faults", "LLC-load-misses", "cache-misses", "r01c2"
            })
    void shouldNotHoldZeroAgainstWhatNeedNotComeUp(String name) {
        assertThat(of(name).isMet(0, 0)).isTrue();
        assertThat(of(name).isAny()).isFalse();
    }

    @Test
    void shouldNotAskTheKernelForUserSpacesLoop() {
        assertThat(of("instructions:k").isMet(0, 1)).isTrue();
    }
}
