package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TagsTest {

    @Test
    void shouldLeaveMethodNamesReadable() {
        assertThat(Tags.encode("wall", "a.B$C.<init>(int[])")).isEqualTo("wall:a.B$C.<init>(int[])");
    }

    @Test
    void shouldEscapeWhatEndsATagOrALine() {
        assertThat(Tags.encode("cpu", "f(a, b)\n\r%é")).isEqualTo("cpu:f(a%2C%20b)%0A%0D%25%C3%A9");
    }

    /** What HdrHistogram's reader takes for the end of a tag, of a field or of a line. */
    @Property
    void shouldNeverHoldASeparator(@ForAll("names") String name) {
        assertThat(Tags.encode("wall", name)).matches("[!-+\\--~]+");
    }

    @Property
    void shouldBeReversible(@ForAll("names") String name) {
        String tag = Tags.encode("wall", name);
        assertThat(URLDecoder.decode(tag, StandardCharsets.UTF_8)).isEqualTo("wall:" + name);
    }

    @Property
    void shouldKeepDifferentNamesApart(@ForAll("names") String one, @ForAll("names") String other) {
        assertThat(Tags.encode("m", one).equals(Tags.encode("m", other))).isEqualTo(one.equals(other));
    }

    /** Any text but lone surrogates, which UTF-8 cannot hold; and texts of the awkward characters. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .ofMaxLength(30)
                        .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s)),
                Arbitraries.strings().withChars(", \n\r\t%=:;#\"'ab").ofMaxLength(10));
    }
}
