package io.vperf.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

    @Test
    void shouldReadNoneInAnEmptyText() throws WrongPatternException {
        assertThat(Patterns.parse("").isEmpty()).isTrue();
    }

    @Test
    void shouldKeepPatternsAsTheyWereWritten() throws WrongPatternException {
        assertThat(Patterns.parse(" com.acme.** ; Order#pay(int, long);@a.B+").all())
                .extracting(MethodPattern::toString)
                .containsExactly("com.acme.**", "Order#pay(int, long)", "@a.B+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.Order.Line#pay | (a nested type is written with a '$': shop.Order$Line#pay)",
                "@shop.Order.Line.Fast | (a nested type is written with a '$': @shop.Order$Line$Fast)",
                "shop.order | (it means a type of this name; for a package write shop.order.**, for a method shop#order)",
                "shop.Order$Line#pay | ''",
            })
    void shouldGuessWhatIsMeantByAPatternThatIsAboutNothing(String pattern, String hint) throws WrongPatternException {
        assertThat(Patterns.parse(pattern).all().get(0).hint().strip()).isEqualTo(hint);
    }

    @Test
    void shouldAddAndTakeAwayPatternsByWhatWasWritten() throws WrongPatternException {
        Patterns some = Patterns.parse("a.B;a.C#m");
        Patterns more = some.plus(Patterns.parse("@a.D"));

        assertThat(more).hasToString("a.B;a.C#m;@a.D");
        Patterns gone = more.among(Patterns.parse("a.C#m;a.X"));
        assertThat(gone).hasToString("a.C#m");
        assertThat(more.without(gone)).hasToString("a.B;@a.D");
        assertThat(more.without(more)).isEqualTo(Patterns.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Größe#zählt",
                "a.B#<init>",
                "a.B#<init>(..)",
                "a.B#is?it??(..)",
                "a.B$C$#$plus$plus",
                "a.B#m-hash",
                "a.B#m()",
                "a.B#m(..,int)",
                "a.B#m(String...)",
                "a.B#m(int[][],*[])",
                "a.**#@c.D",
                "@spring#find*",
                "@Timed",
                "@Timed+#*",
                "a.B+#@c.D+"
            })
    void shouldTakeWhatIsDocumented(String pattern) throws WrongPatternException {
        assertThat(Patterns.parse(pattern).all()).singleElement().hasToString(pattern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a..b.C           | 2 | write .**. for packages in between",
                "a.b.             | 4 | neither begins nor ends with a dot",
                ".a               | 1 | neither begins nor ends with a dot",
                "a/b/C            | 2 | dots, not slashes",
                "a.C::m           | 4 | after '#'",
                "a.C#m#n          | 6 | a second '#'",
                "a.C.m(int)       | 4 | write a.C#m(int)",
                "a.C#             | 5 | no method after '#'",
                "#pay             | 1 | write *#pay for any",
                "a.C#m(int        | 6 | add ')'",
                "a.C#m(int)x      | 11| patterns have ';' between them",
                "a.C#m(int,,long) | 11| a type is missing",
                "a.C#m(List<X>)   | 11| class files have no type arguments",
                "a.List<X>        | 7 | class files have no type arguments",
                "a.C#m(int[)      | 10| brackets stand in pairs",
                "a.C,b.D          | 4 | patterns have ';' between them",
                "a.C+b            | 4 | at the end of the class",
                "a.C+.b           | 4 | at the end of the class",
                "+                | 1 | no class before '+'",
                "a.C#<clinit>     | 5 | constructors are called <init>",
                "a.C#b.m          | 6 | no dot",
                "a***             | 2 | write **",
                "a b              | 2 | write ? for it",
                "@                | 2 | a name is missing",
                "@+               | 2 | a name is missing",
                "@sprnig          | 1 | there are jakarta, micrometer, opentelemetry, spring",
                "@a.@b            | 4 | before the whole name",
            })
    void shouldSayWhereAPatternIsWrongAndWhatToWrite(String pattern, int character, String remedy) {
        assertThatThrownBy(() -> Patterns.parse(pattern))
                .isInstanceOf(WrongPatternException.class)
                .hasMessageStartingWith("pattern '" + pattern + "', character " + character + ": ")
                .hasMessageContaining(remedy);
    }

    @Test
    void shouldTellAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> Patterns.parse("a..b;;c.D#m#n;x/y#"))
                .hasMessageContaining("pattern 'a..b', character 2")
                .hasMessageContaining("no pattern after the ';' at character 5, remove the ';'")
                .hasMessageContaining("pattern 'c.D#m#n', character 6")
                .hasMessageContaining("pattern 'x/y#', character 2")
                .hasMessageContaining("pattern 'x/y#', character 5");
    }

    /** Whatever is written, it is a list of patterns or a complete complaint. */
    @Property(tries = 10_000)
    void shouldReadOrRefuseAnything(@ForAll("texts") String text) {
        try {
            Patterns read = Patterns.parse(text);
            read.all().forEach(pattern -> assertThat(pattern.toString()).isNotEmpty());
            assertThat(read.isEmpty()).isEqualTo(text.isEmpty());
        } catch (WrongPatternException e) {
            assertThat(e.getMessage()).matches("(?s)(pattern '.*', character \\d+: |no pattern ).*");
        }
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.of("a", "B", ".", "*", "**", "#", "(", ")", "..", ",", "int", "[]", "@", "+", ";", "<", " ")
                        .list()
                        .ofMaxSize(12)
                        .map(parts -> String.join("", parts)));
    }
}
