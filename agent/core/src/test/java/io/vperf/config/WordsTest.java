package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({"interval, interval, 0", "intrval, interval, 1", "intreval, interval, 1", "log, lag, 1", "'', cpu, 3"})
    void shouldCountSlips(String seen, String meant, int slips) {
        assertThat(Words.slips(seen, meant)).isEqualTo(slips);
    }

    @Test
    void shouldFindTheClosestWord() {
        assertThat(Words.closest("natvie-dir", "native", "native-dir")).isEqualTo("native-dir");
    }

    @Test
    void shouldNotMindCase() {
        assertThat(Words.closest("LOG", "dump", "log")).isEqualTo("log");
    }

    @Test
    void shouldFindNothingFarAway() {
        assertThat(Words.closest("zebra", "keep", "help")).isNull();
    }

    @Test
    void shouldNotGuessShortWords() {
        assertThat(Words.closest("no", "on")).isNull();
    }
}
