package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrecedenceTest {

    @Test
    void shouldPreferAgentArgumentsToSystemProperties() {
        Reading reading = Reading.of("keep=1").property("vperf.keep", "2");

        assertThat(reading.options().keepFiles()).isEqualTo(1);
    }

    @Test
    void shouldPreferSystemPropertiesToTheEnvironment() {
        Reading reading = Reading.of(null).property("vperf.keep", "2").environment("VPERF_KEEP", "3");

        assertThat(reading.options().keepFiles()).isEqualTo(2);
    }

    @Test
    void shouldPreferTheEnvironmentToTheConfigFile() {
        Reading reading = Reading.of("config=f").environment("VPERF_KEEP", "3").file("f", "keep=4");

        assertThat(reading.options().keepFiles()).isEqualTo(3);
    }

    @Test
    void shouldPreferTheConfigFileToTheDefault() {
        assertThat(Reading.of("config=f").file("f", "keep=4").options().keepFiles())
                .isEqualTo(4);
    }

    /** A service called vperf gives every pod of its namespace such variables. */
    @Test
    void shouldPassOverTheVariablesOfKubernetes() {
        Reading reading = Reading.of("keep=7")
                .environment("VPERF_SERVICE_HOST", "10.0.0.1")
                .environment("VPERF_PORT", "tcp://10.0.0.1:80")
                .environment("VPERF_PORT_80_TCP_ADDR", "10.0.0.1");

        assertThat(reading.options().keepFiles()).isEqualTo(7);
    }

    @Test
    void shouldTakeTheConfigFileFromASystemProperty() {
        Reading reading = Reading.of(null).property("vperf.config", "f").file("f", "keep=4");

        assertThat(reading.options().keepFiles()).isEqualTo(4);
    }

    @Test
    void shouldTakeTheConfigFileFromTheEnvironment() {
        Reading reading = Reading.of(null).environment("VPERF_CONFIG", "f").file("f", "keep=4");

        assertThat(reading.options().keepFiles()).isEqualTo(4);
    }

    @Test
    void shouldReadOnlyTheConfigFileThatWins() {
        Reading reading =
                Reading.of("config=f").environment("VPERF_CONFIG", "missing").file("f", "keep=4");

        assertThat(reading.options().keepFiles()).isEqualTo(4);
    }

    @Test
    void shouldIgnoreNamesOfOthers() {
        Reading reading = Reading.of(null)
                .property("java.home", "/j")
                .property("vperfkeep", "2")
                .environment("PATH", "/bin")
                .environment("vperf_keep", "2");

        assertThat(reading.options().keepFiles()).isEqualTo(10);
    }

    /** A variable's name has no dots. */
    @Test
    void shouldFindAKeyWithADotInTheEnvironment() {
        assertThat(Reading.of("")
                        .environment("VPERF_VMWARE_PSEUDO_COUNTERS", "on")
                        .options()
                        .vmwarePseudoCounters())
                .isTrue();
    }
}
