package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

    @Test
    void shouldPrintTheGoldenText() throws IOException {
        try (InputStream golden = Objects.requireNonNull(HelpTest.class.getResourceAsStream("help.txt"))) {
            assertThat(Help.text()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldFitIntoAHundredColumns() {
        assertThat(Help.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldNameEveryOption(String key) {
        assertThat(Help.text()).containsPattern("(?m)^  " + key + "[= ]");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldNameEveryOptionInTheTable(String key) {
        assertThat(Help.markdown()).containsPattern("(?m)^\\| `" + key + "[=`]");
    }

    @Test
    void shouldHaveFourCellsInEveryRowOfTheTable() {
        assertThat(Help.markdown().lines())
                .allSatisfy(line -> assertThat(line.split("(?<!\\\\)\\|", -1)).hasSize(6));
    }

    @Test
    void shouldGiveExamplesThatAreValid() {
        assertThat(Reading.of("interval=5s,rotate=10MB,report=off").options().given())
                .hasSize(3);
        assertThat(Reading.of("dump='/var/log/shop, blue/%p.hlog'").options().dump())
                .isEqualTo(new Output.ToFile("/var/log/shop, blue/%p.hlog"));
    }

    static String[] keys() {
        return OptionTable.keys();
    }
}
