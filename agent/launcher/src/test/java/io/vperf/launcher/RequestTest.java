package io.vperf.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @Test
    void shouldReadWhatIsAsked() {
        assertThat(Request.read("\nattach\n1.2\ninterval=1s,dump=a b.hlog"))
                .isEqualTo(new Request("attach", "1.2", "interval=1s,dump=a b.hlog"));
        assertThat(Request.read("\ndetach\n1.2\n")).isEqualTo(new Request("detach", "1.2", ""));
    }

    @Test
    void shouldLeaveFurtherLinesToTheOptions() {
        assertThat(Request.read("\nattach\n1.2\na=b\nc=d")).isEqualTo(new Request("attach", "1.2", "a=b\nc=d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "interval=1s", "interval=1s\nreport=off\njmx=off\ncpu=off", "\n", "\nattach\n1.2"})
    void shouldTakeAnythingElseForOptions(String arguments) {
        assertThat(Request.read(arguments)).isNull();
    }
}
