package io.vperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "1, 1 ns",
        "999, 999 ns",
        "1000, 1.00 us",
        "9994, 9.99 us",
        "9995, 10.0 us",
        "99949, 99.9 us",
        "99950, 100 us",
        "999499, 999 us",
        "999500, 1.00 ms",
        "1234567, 1.23 ms",
        "999499999, 999 ms",
        "999500000, 1.00 s",
        "12345000000, 12.3 s",
        "86400000000000, 86400 s",
        "-1500, -1.50 us"
    })
    void shouldWriteThreeDigitsAndAUnit(long ns, String text) {
        assertThat(Units.duration(ns)).isEqualTo(text);
    }

    @Property
    void shouldBeWithinHalfAUnitOfTheLastDigit(@ForAll @LongRange(max = 1_000_000_000_000L) long ns) {
        String text = Units.duration(ns);
        int blank = text.indexOf(' ');
        double factor = switch (text.substring(blank + 1)) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            default -> 1e9;
        };
        double shown = Double.parseDouble(text.substring(0, blank)) * factor;
        assertThat(Math.abs(shown - ns)).isLessThanOrEqualTo(0.0051 * ns);
        assertThat(blank).isLessThanOrEqualTo(4);
    }

    @Test
    void shouldWriteTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Units.duration(1500)).isEqualTo("1.50 us");
            assertThat(Units.count(1_234_567)).isEqualTo("1,234,567");
            assertThat(Units.percent(1, 3)).isEqualTo("33.33 %");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldNotDivideByNothing() {
        assertThat(Units.percent(0, 0)).isEqualTo("-");
        assertThat(Units.percent(5, -1)).isEqualTo("-");
    }
}
