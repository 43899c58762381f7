package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReportedNameTest {

    @Test
    void shouldLeaveWhatCanBePrintedAlone() {
        assertThat(ReportedName.oneLine("a.B.c(int, [é 😀])")).isEqualTo("a.B.c(int, [é 😀])");
    }

    @Test
    void shouldReplaceControlsAndHalvesOfCharacters() {
        assertThat(ReportedName.oneLine("a\r\n\tb\u0000\u0085c")).isEqualTo("a   b  c");
        assertThat(ReportedName.oneLine("a\ud83d")).isEqualTo("a\ufffd");
        assertThat(ReportedName.oneLine("\ude00\ud83d")).isEqualTo("\ufffd\ufffd");
    }

    @Property
    void shouldFitOnALineAndIntoUtf8WhateverComes(@ForAll String name) {
        String line = ReportedName.oneLine(name);
        assertThat(line.lines().count()).isLessThanOrEqualTo(1);
        assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(line);
    }
}
