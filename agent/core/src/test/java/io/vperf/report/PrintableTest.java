package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void shouldWriteSignsInAsciiWhereTheyHaveNoCode() {
        assertThat(Printable.in(StandardCharsets.US_ASCII, "stolen 0 ns ± 20.0 ms (super(…) threw)"))
                .isEqualTo("stolen 0 ns +- 20.0 ms (super(...) threw)");
    }

    @Test
    void shouldLeaveSignsThatHaveACode() {
        assertThat(Printable.in(StandardCharsets.UTF_8, "± …")).isEqualTo("± …");
        assertThat(Printable.in(StandardCharsets.ISO_8859_1, "± …")).isEqualTo("± ...");
    }
}
