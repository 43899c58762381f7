package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSourceValueTest {

    private final TimeSourceValue value = new TimeSourceValue();

    @ParameterizedTest
    @CsvSource({
        "db-1.example.org:18787, db-1.example.org, 18787",
        "10.0.0.7:1, 10.0.0.7, 1",
        "localhost:65535, localhost, 65535",
        "[::1]:18787, ::1, 18787",
        "[2001:db8::7]:9, 2001:db8::7, 9"
    })
    void shouldReadAHostAndAPort(String text, String host, int port) throws WrongValueException {
        assertThat(value.parse(text)).isEqualTo(new TimeSource.Server(host, port));
        assertThat(value.parse(text).text()).isEqualTo(text);
    }

    @Test
    void shouldReadItsWords() throws WrongValueException {
        assertThat(value.parse("off")).isEqualTo(new TimeSource.Off());
        assertThat(value.parse("ptp")).isEqualTo(new TimeSource.Ptp());
        assertThat(value.parse("ptp").text()).isEqualTo("ptp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db-1", "of", "PTP", "[::1]", "10.0.0.7"})
    void shouldAskForAPort(String text) {
        problem(text, "neither off, nor ptp, nor a host with a port such as db-host:18787");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:",
                "a:0",
                "a:65536",
                "a:99999999999999999999",
                "a:-1",
                "a:+1",
                "a:x",
                "a:1 ",
                "a:٣",
                "::1:70000"
            })
    void shouldRefuseWhatIsNoPort(String text) {
        problem(text, "the port is no number from 1 to 65535");
    }

    @Test
    void shouldAskForBrackets() {
        problem("::1:18787", "an IPv6 address stands in brackets, such as [::1]:18787");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]:9", "[localhost]:9", "[1.2.3.4]:9", "[::1::2]:9", "[:]:9"})
    void shouldRefuseWhatIsNoIpv6Address(String text) {
        problem(text, "between the brackets is no IPv6 address of this machine's reach");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b:9", "http//x:9", "[a:9", "a]:9", "ä:9", "a\n:9", "user@x:9"})
    void shouldRefuseWhatIsNoName(String text) {
        problem(text, "the host is neither a name nor an address");
    }

    @Test
    void shouldMissTheHost() {
        problem(":9", "the host is missing before the port");
    }

    private void problem(String text, String message) {
        assertThatThrownBy(() -> value.parse(text))
                .isInstanceOf(WrongValueException.class)
                .hasMessage(message);
    }
}
