package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionTableTest {

    @ParameterizedTest
    @MethodSource("options")
    void shouldHaveDefaultsThatAreValid(Option<?> option) throws WrongValueException {
        if (!option.defaultText().isEmpty()) {
            assertThat((Object) option.type().parse(option.defaultText())).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void shouldHaveKeysThatEverySourceReadsBack(Option<?> option) {
        assertThat(Source.values())
                .allSatisfy(source ->
                        assertThat(source.keyOf(source.spell(option.key()))).isEqualTo(option.key()));
    }

    @Test
    void shouldHaveNoKeyTwice() {
        assertThat(OptionTable.keys()).doesNotHaveDuplicates();
    }

    static List<Option<?>> options() {
        return OptionTable.ALL;
    }
}
