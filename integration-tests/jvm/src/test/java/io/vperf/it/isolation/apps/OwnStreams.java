package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Puts measured streams of its own in place of stdout and stderr, and leaves them there; they count what they get. */
public final class OwnStreams {

    static final class Counting extends PrintStream {

        int lines;

        Counting() {
            super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        }

        @Override
        @Measured
        public void println(String line) {
            lines++;
            super.println(line);
        }

        @Override
        @Measured
        public void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
        }
    }

    private OwnStreams() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        Counting counting = new Counting();
        System.setOut(counting);
        System.setErr(counting);
        for (int i = 0; i < 100; i++) {
            System.out.println("line " + i);
            System.err.println("line " + i);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println("lines=" + counting.lines)));
    }
}
