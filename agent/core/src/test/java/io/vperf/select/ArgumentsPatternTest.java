package io.vperf.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ArgumentsPatternTest {

    /** A regular expression over the first letters of the types says the same. */
    @Property(tries = 5_000)
    void shouldTakeAnyNumberWhereThereAreTwoDots(
            @ForAll("elements") List<String> elements, @ForAll("types") List<String> types) {
        List<NamePattern> patterns = elements.stream().map(NamePattern::ofType).toList();
        String expression = elements.stream()
                .map(element -> switch (element) {
                    case ".." -> ".*";
                    case "*" -> ".";
                    default -> element.substring(0, 1);
                })
                .collect(Collectors.joining());
        String letters = types.stream().map(type -> type.substring(0, 1)).collect(Collectors.joining());

        assertThat(new ArgumentsPattern(patterns).matches(types.toArray(new String[0])))
                .isEqualTo(Pattern.matches(expression, letters));
    }

    @Provide
    static Arbitrary<List<String>> elements() {
        return Arbitraries.of("int", "*", "..", "long").list().ofMaxSize(5);
    }

    @Provide
    static Arbitrary<List<String>> types() {
        return Arbitraries.of("int", "long", "short").list().ofMaxSize(5);
    }
}
