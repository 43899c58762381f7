package io.vperf.pauses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private final Lines lines = new Lines();
    private final List<String> taken = new ArrayList<>();

    private void add(String part) {
        lines.add(
                ByteBuffer.wrap(part.getBytes(ISO_8859_1)),
                (line, length) -> taken.add(new String(line, 0, length, ISO_8859_1)));
    }

    @Test
    void shouldPutLinesTogether() {
        add("on");
        add("e\ntwo\n\nth");
        assertThat(taken).containsExactly("one", "two", "");

        add("ree\n");
        assertThat(taken).containsExactly("one", "two", "", "three");
    }

    @Test
    void shouldLeaveOutTooLongOnes() {
        add("x".repeat(1024) + "\n" + "y".repeat(1025));
        add("y\nnext\n");

        assertThat(taken).containsExactly("x".repeat(1024), "next");
    }
}
