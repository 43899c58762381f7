package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.config.ArgumentScanner.Argument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentScannerTest {

    private final List<String> errors = new ArrayList<>();

    @Test
    void shouldSplitAtCommas() {
        assertThat(scan("a=1,b=2")).containsExactly(new Argument("a", "1"), new Argument("b", "2"));
    }

    @Test
    void shouldTrimKeysAndValues() {
        assertThat(scan(" a = 1 , b = 'x ' ")).containsExactly(new Argument("a", "1"), new Argument("b", "x "));
    }

    @Test
    void shouldIgnoreEmptyParts() {
        assertThat(scan(",, a=1 , ,")).containsExactly(new Argument("a", "1"));
    }

    @Test
    void shouldTellABareKeyFromAnEmptyValue() {
        assertThat(scan("a,b=")).containsExactly(new Argument("a", null), new Argument("b", ""));
    }

    @Test
    void shouldKeepPlusAndFurtherEqualsSigns() {
        assertThat(scan("a=x+y=z")).containsExactly(new Argument("a", "x+y=z"));
    }

    @Test
    void shouldNotSplitInsideQuotes() {
        assertThat(scan("a='1,2',b='it''s (1'"))
                .containsExactly(new Argument("a", "1,2"), new Argument("b", "it's (1"));
    }

    @Test
    void shouldNotSplitInsideParentheses() {
        assertThat(scan("a=f(1,(2,3)),b=2")).containsExactly(new Argument("a", "f(1,(2,3))"), new Argument("b", "2"));
    }

    @Test
    void shouldTellWhereAQuoteIsNeverClosed() {
        scan("a=1,b='2,c=3");

        assertThat(errors)
                .containsExactly("agent arguments, character 7, in 'b='2,c=3':"
                        + " the quote is never closed, add a single quote at the end of the value");
    }

    @Test
    void shouldTellWhereAParenthesisIsNeverClosed() {
        scan("a=f(g(1),b=2");

        assertThat(errors)
                .singleElement()
                .asString()
                .startsWith("agent arguments, character 4, in 'a=f(g(1),b=2': '('");
    }

    @Test
    void shouldTellWhereAParenthesisClosesNothing() {
        scan("a=1),b=2");

        assertThat(errors).singleElement().asString().startsWith("agent arguments, character 4, in 'a=1)': ')'");
    }

    @Test
    void shouldRefuseAQuoteInTheMiddle() {
        scan("a=it's");

        assertThat(errors).singleElement().asString().startsWith("agent arguments, character 5, in 'a=it's': a quote");
    }

    @Test
    void shouldRefuseTextAfterAClosingQuote() {
        scan("a='1' 2");

        assertThat(errors).singleElement().asString().startsWith("agent arguments, character 7, in 'a='1' 2': text");
    }

    @Test
    void shouldRefuseAMissingKey() {
        scan("a=1, =2");

        assertThat(errors).containsExactly("agent arguments, character 6, in '=2': no key before '=', write key=value");
    }

    @Test
    void shouldReadOnAfterAFaultyPart() {
        assertThat(scan("a=1),b=2")).containsExactly(new Argument("b", "2"));
    }

    private List<Argument> scan(String text) {
        return ArgumentScanner.scan(text, errors);
    }
}
