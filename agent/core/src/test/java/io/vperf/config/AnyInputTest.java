package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vperf.config.ArgumentScanner.Argument;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What holds for every input. Run by jqwik. */
class AnyInputTest {

    @Property
    void shouldNeverThrowForAnyText(@ForAll String text) {
        assertThatCode(() -> everywhere(text)).doesNotThrowAnyException();
    }

    @Property
    void shouldNeverThrowForTextThatIsAlmostRight(@ForAll("almostRight") String text) {
        assertThatCode(() -> everywhere(text)).doesNotThrowAnyException();
    }

    @Property
    void shouldNeverThrowForAnyContentOfTheFile(@ForAll byte[] content) {
        assertThatCode(() -> Reading.of("config=f").file("f", content).parsed()).doesNotThrowAnyException();
    }

    @Property
    void shouldReadBackEveryQuotedValue(@ForAll String value) {
        List<String> errors = new ArrayList<>();

        List<Argument> arguments =
                ArgumentScanner.scan("a=1,key=" + ArgumentScanner.quoteIfNeeded(value) + ",b=2", errors);

        assertThat(errors).isEmpty();
        assertThat(arguments)
                .containsExactly(new Argument("a", "1"), new Argument("key", value), new Argument("b", "2"));
    }

    @Property
    void shouldReadBackEveryQuotedValueThatNeedsQuotes(@ForAll("almostRight") String value) {
        shouldReadBackEveryQuotedValue(value);
    }

    @Property
    void shouldReadBackEveryDuration(@ForAll @LongRange(max = Long.MAX_VALUE) long ns) throws WrongValueException {
        assertThat(UnitScale.TIME.parse(UnitScale.TIME.format(ns))).isEqualTo(ns);
    }

    @Property
    void shouldReadBackEveryWholeNumberOfSeconds(@ForAll @LongRange(max = 9_000_000_000L) long seconds)
            throws WrongValueException {
        long ns = seconds * 1_000_000_000L;

        assertThat(UnitScale.TIME.parse(UnitScale.TIME.format(ns))).isEqualTo(ns);
    }

    @Property
    void shouldReadBackEverySize(@ForAll @LongRange(max = Long.MAX_VALUE) long bytes) throws WrongValueException {
        assertThat(UnitScale.SIZE.parse(UnitScale.SIZE.format(bytes))).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> almostRight() {
        return Arbitraries.of(
                        "dump",
                        "interval",
                        "native-dir",
                        "help",
                        "config",
                        "off",
                        "5s",
                        "64KB",
                        "0",
                        "=",
                        ",",
                        "'",
                        "''",
                        "(",
                        ")",
                        "+",
                        "%",
                        "%p",
                        " ",
                        "\\",
                        "é",
                        "\n")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static void everywhere(String text) {
        Reading.of(text).parsed();
        for (Option<?> option : OptionTable.ALL) {
            Reading.of(option.key() + '=' + text)
                    .property(Source.SYSTEM_PROPERTY.spell(option.key()), text)
                    .environment(Source.ENVIRONMENT.spell(option.key()), text)
                    .parsed();
        }
        Reading.of("config=f").property("vperf." + text, text).file("f", text).parsed();
    }
}
