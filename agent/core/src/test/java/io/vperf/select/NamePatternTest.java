package io.vperf.select;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.Order, com.acme.Order, true",
        "com.acme.Order, com.acme.Orders, false",
        "com.acme.*, com.acme.Order, true",
        "com.acme.*, com.acme.Order$Line, true",
        "com.acme.*, com.acme.shop.Order, false",
        "com.acme.**, com.acme.shop.deep.Order, true",
        "com.acme.**, com.acme, false",
        "com.acme.**, com.acmeother.Order, false",
        "com.acme**, com.acmeother.Order, true",
        "com.**.Order, com.Order, true",
        "com.**.Order, com.a.b.Order, true",
        "com.**.Order, com.a.b.MyOrder, false",
        "com.**Order, com.a.b.MyOrder, true",
        "Order, Order, true",
        "Order, com.acme.Order, true",
        "Order, com.acme.MyOrder, false",
        "Order, com.acme.Shop$Order, false",
        "*Repository, com.acme.OrderRepository, true",
        "*Repository, com.acme.Shop$OrderRepository, true",
        "*Repository, com.acme.Repository.Order, false",
        "Order?, com.acme.Orders, true",
        "Order?, com.acme.Order, false",
        "a?b.C, a.b.C, false",
        "**, anything.at.All, true",
        "*, anything.at.All, true",
        "Größe, de.acme.Größe, true",
        "Fün*, de.acme.Fünf, true",
        "$colon$colon, scala.collection.immutable.$colon$colon, true",
        "Order[], com.acme.Order[], true",
        "int, int, true",
        "int, long, false"
    })
    void shouldMatchTypesAsDocumented(String pattern, String name, boolean matches) {
        assertThat(NamePattern.ofType(pattern).matches(name)).isEqualTo(matches);
        assertThat(NamePattern.ofType(pattern).matchesInternal(name.replace('.', '/')))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"pay*, pay, true", "pay*, payLater, true", "pay*, repay, false", "*, x, true", "<init>, <init>, true"})
    void shouldMatchMembersAsDocumented(String pattern, String name, boolean matches) {
        assertThat(NamePattern.ofMember(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void shouldNotTakeLongForPatternsMadeToTakeLong() {
        String name = "a".repeat(20_000);

        assertThat(NamePattern.ofType("**a*a*a*a*a*a*a*a*b").matches(name)).isFalse();
        assertThat(NamePattern.ofType("*a*a*a*a*a*a*a*a*b*").matches(name)).isFalse();
    }

    @Property(tries = 20_000)
    void shouldAgreeWithThePlainestMatcher(@ForAll("patterns") String pattern, @ForAll("names") String name) {
        assertThat(NamePattern.ofType(pattern).matches(name)).isEqualTo(NaiveNames.ofType(pattern, name));
        assertThat(NamePattern.ofMember(pattern).matches(name)).isEqualTo(NaiveNames.ofMember(pattern, name));
    }

    @Property
    void shouldMatchWhatItWasMadeFrom(@ForAll("names") String name) {
        assertThat(NamePattern.ofMember(name).matches(name)).isTrue();
    }

    @Provide
    static Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", ".", "*", "**", "**.", "?", "ab", ".a")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(parts -> String.join("", parts))
                .filter(pattern -> !pattern.contains("***"));
    }

    @Provide
    static Arbitrary<String> names() {
        return Arbitraries.of("a", "b", ".", "ab").list().ofMaxSize(8).map(parts -> String.join("", parts));
    }
}
