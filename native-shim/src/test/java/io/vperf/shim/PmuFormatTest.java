package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PmuFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config:0-7 | 0 | ff",
                "config:21 | 0 | 200000",
                "config:0-7,21 | 0 | 2000ff",
                "config:0-7,32-35 | 0 | f000000ff",
                "config1:0-63 | 1 | ffffffffffffffff",
                "config2:63 | 2 | 8000000000000000",
            })
    void shouldReadWhichBitsOfWhichWord(String text, int word, String mask) {
        assertThat(PmuFormat.parse(text)).isEqualTo(new PmuFormat(word, Long.parseUnsignedLong(mask, 16)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config", "config:", "config3:0-7", "config:64", "config:7-0", "config:0-7,", "cfg:0"})
    void shouldRefuseWhatItDoesNotUnderstand(String text) {
        assertThat(PmuFormat.parse(text)).isNull();
    }

    @Test
    void shouldSpreadAValueFromTheLowestBitOn() {
        long[] config = {0, 0, 0};
        format("config:0-3,8,60-63").put(config, 0b1010_1_0110);

        assertThat(config).containsExactly(0xA000_0000_0000_0106L, 0, 0);
    }

    @Test
    void shouldReplaceTheFieldAlone() {
        long[] config = {0, -1, 0};
        format("config1:8-15").put(config, 0x2a);

        assertThat(config).containsExactly(0, 0xFFFF_FFFF_FFFF_2AFFL, 0);
    }

    @Test
    void shouldKnowWhatAFieldHolds() {
        PmuFormat field = format("config:0-7,32-35");

        assertThat(field.largest()).isEqualTo(0xfff);
        assertThat(field.holds(0xfff)).isTrue();
        assertThat(field.holds(0x1000)).isFalse();
        assertThat(field.holds(-1)).isFalse();
        assertThat(format("config1:0-63").holds(-1)).isTrue();
        assertThat(format("config1:0-63").largest()).isEqualTo(-1);
    }

    private static PmuFormat format(String text) {
        return Objects.requireNonNull(PmuFormat.parse(text));
    }
}
