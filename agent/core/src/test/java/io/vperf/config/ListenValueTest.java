package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenValueTest {

    @ParameterizedTest
    @CsvSource({
        "9464,127.0.0.1,9464,127.0.0.1:9464",
        "0,127.0.0.1,0,127.0.0.1:0",
        "0.0.0.0:9464,0.0.0.0,9464,0.0.0.0:9464",
        "[::]:65535,::,65535,[::]:65535",
        "shop-1:80,shop-1,80,shop-1:80"
    })
    void shouldTakeAPortOfTheLoopbackOrAnAddress(String text, String host, int port, String shown)
            throws WrongValueException {
        Listen.At at = new Listen.At(host, port);
        assertThat(new ListenValue().parse(text)).isEqualTo(at);
        assertThat(at.text()).isEqualTo(shown);
    }

    @Test
    void shouldBeOff() throws WrongValueException {
        assertThat(new ListenValue().parse("off")).isEqualTo(new Listen.Off());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "on",
                "-1",
                "65536",
                "127.0.0.1",
                ":9464",
                "a:",
                "a:b",
                "::1:9464",
                "[::1]",
                "http://a:1",
                "9464x"
            })
    void shouldRefuseOthers(String text) {
        assertThatThrownBy(() -> new ListenValue().parse(text)).isInstanceOf(WrongValueException.class);
    }
}
