package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpPathTest {

    private static final Instant START = Instant.parse("2026-03-04T05:06:07.999Z");

    @Test
    void shouldExpandTheDefault() {
        assertThat(expand(OptionTable.DUMP.defaultText(), "web-1")).isEqualTo("vperf-web-1-42-20260304T050607.hlog");
    }

    @Test
    void shouldWriteAPercentSign() {
        assertThat(expand("100%%p%p", "h")).isEqualTo("100%p42");
    }

    @ParameterizedTest
    @CsvSource({"a.b.example, a.b.example", "../../etc, ______etc", ".., __", "a/b\\c, a_b_c", "%p, _p"})
    void shouldNotLetTheHostNameLeaveTheFolder(String host, String expanded) {
        assertThat(expand("%h", host)).isEqualTo(expanded);
    }

    @Test
    void shouldRefuseAnUnknownPlaceHolder() {
        assertThatThrownBy(() -> expand("a%x", "h"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown place holder '%x'");
    }

    @Test
    void shouldRefuseAPercentSignAtTheEnd() {
        assertThatThrownBy(() -> expand("a%%%", "h"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("percent sign at the end");
    }

    private static String expand(String pattern, String host) {
        return DumpPath.expand(pattern, host, 42, START);
    }
}
