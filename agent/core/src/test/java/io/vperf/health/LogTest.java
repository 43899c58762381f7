package io.vperf.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Log log(Log.Level level) {
        return new Log(new PrintStream(said, true, StandardCharsets.UTF_8), level);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeSilentWhenOff() {
        Log log = log(Log.Level.OFF);
        log.info("a");
        log.once("key", "b");
        log.debug("c", new IllegalStateException());
        assertThat(said()).isEmpty();
    }

    @Test
    void shouldSayDebugLinesOnlyWhenAsked() {
        log(Log.Level.INFO).debug("quiet");
        log(Log.Level.DEBUG).debug("loud");
        assertThat(said()).isEqualToNormalizingNewlines("vperf: [debug] loud\n");
    }

    @Test
    void shouldPrintTheStackOfAnErrorWhenDebugging() {
        log(Log.Level.DEBUG).debug("where", new IllegalStateException("what"));
        assertThat(said()).contains("where", "IllegalStateException: what", "\tat ");
    }

    /** Else what others write to the same file may stand between a line and its end. */
    @Test
    void shouldWriteEachLineInOnePiece() {
        List<String> pieces = new ArrayList<>();
        OutputStream file = new OutputStream() {
            @Override
            public void write(int b) {
                pieces.add(String.valueOf((char) b));
            }

            @Override
            public void write(byte[] b, int from, int length) {
                pieces.add(new String(b, from, length, StandardCharsets.UTF_8));
            }
        };
        Log log = new Log(new PrintStream(file, true, StandardCharsets.UTF_8), Log.Level.DEBUG);
        log.info("ä".repeat(20_000));
        log.debug("b");
        log.debug("c", new IllegalStateException());
        assertThat(pieces).hasSize(3).allMatch(piece -> piece.endsWith("\n"));
        assertThat(pieces.get(0)).isEqualTo("vperf: " + "ä".repeat(20_000) + "\n");
    }

    @Test
    void shouldNotGrowWithKeys() {
        Log log = log(Log.Level.INFO);
        for (int i = 0; i < 1000; i++) {
            log.once("key " + i, "line " + i);
        }
        assertThat(said().lines()).hasSize(256);
    }
}
