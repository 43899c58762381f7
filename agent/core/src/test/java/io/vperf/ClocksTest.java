package io.vperf;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.config.ConfigReader;
import io.vperf.config.Options;
import io.vperf.config.Parsed;
import io.vperf.health.TestHealth;
import io.vperf.shim.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest {

    private final TestHealth health = new TestHealth();

    private Clocks withoutNativeCode(String arguments) {
        Options options = ((Parsed.Ok) ConfigReader.ofThisProcess().read(arguments)).options();
        return Clocks.choose(
                options,
                Capability.unavailable("switched off by native=off", "remove native=off"),
                Capability.unavailable("not looked for", ""),
                health.health(),
                health.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rseq", "perf", "syscall"})
    void shouldSayThatTheClockAskedForIsNotToBeHad(String clock) {
        Clocks clocks = withoutNativeCode("cpu=" + clock);

        assertThat(clocks.names()).containsEntry("cpu", "unknown");
        assertThat(health.said().strip())
                .endsWith("cpu=" + clock + ": CPU time is unknown in this run: switched off by native=off;"
                        + " remove native=off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu=off", "cpu=auto"})
    void shouldSayNothingOfClocksNobodyAskedFor(String arguments) {
        Clocks clocks = withoutNativeCode(arguments);

        assertThat(clocks.names()).containsEntry("cpu", arguments.equals("cpu=off") ? "off" : "ThreadMXBean");
        assertThat(health.said()).isEmpty();
    }

    @Test
    void shouldNotNameAVcpuThatNobodyTells() {
        assertThat(withoutNativeCode("").names()).containsEntry("vcpu", "unknown");
        assertThat(withoutNativeCode("cpu=off").names()).containsEntry("vcpu", "off");
    }
}
