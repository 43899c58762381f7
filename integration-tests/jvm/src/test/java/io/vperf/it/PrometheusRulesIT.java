package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/prometheus offers, as Prometheus itself judges it. */
class PrometheusRulesIT {

    private static final Path DOCS = Path.of("../../docs/prometheus");

    @BeforeEach
    void assumePromtoolIsThere() throws Exception {
        PrometheusServer.assumeThere();
    }

    private static void assertPasses(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        Process check = new ProcessBuilder(command)
                .directory(DOCS.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS").doesNotContain("FAILED", "WARNING");
    }

    @Test
    void shouldHaveRulesThatPrometheusTakes() throws Exception {
        assertPasses("check", "rules", "--lint=all", "--lint-fatal", "rules.yml");
    }

    /** The figures that rules.yml makes of known series, and the alerts that follow. */
    @Test
    void shouldHaveRulesThatSayWhatTheyShould() throws Exception {
        assertPasses("test", "rules", "rules-test.yml");
    }

    @Test
    void shouldHaveAConfigurationThatPrometheusTakes() throws Exception {
        assertPasses("check", "config", "prometheus.yml");
    }
}
