package io.vperf;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.WallClocks;
import io.vperf.config.ConfigReader;
import io.vperf.config.Options;
import io.vperf.config.Parsed;
import io.vperf.health.TestHealth;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest {

    private final TestHealth health = new TestHealth();

    private Clocks withoutNativeCode(String arguments) {
        Options options = ((Parsed.Ok) ConfigReader.ofThisProcess().read(arguments)).options();
        Capability<Natives> natives = Capability.unavailable("switched off by native=off", "remove native=off");
        return Clocks.choose(
                options,
                natives,
                new WallClocks(options.wall(), natives),
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
    void shouldSayWhatSpeaksAgainstTheClocksThatNeedNativeCode() {
        Capability<String> off = Capability.unavailable("switched off by native=off", "remove native=off");

        assertThat(withoutNativeCode("").tried())
                .containsEntry("CPU clock rseq", off)
                .containsEntry("CPU clock perf", off)
                .containsEntry("CPU clock syscall", off)
                .containsKey("CPU clock ThreadMXBean");
    }

    @Test
    void shouldNotNameAVcpuThatNobodyTells() {
        assertThat(withoutNativeCode("").names()).containsEntry("vcpu", "unknown");
        assertThat(withoutNativeCode("cpu=off").names()).containsEntry("vcpu", "off");
    }
}
