package io.vperf.top;

import java.io.IOException;
import org.jline.utils.NonBlockingReader;

/** What the user wants. */
enum Key {
    NONE,
    QUIT,
    LEFT,
    RIGHT,
    REVERSE,
    WHOLE;

    private static final int ESCAPE = 27;
    private static final int CTRL_C = 3;

    /** A terminal sends the bytes of an arrow key together. */
    private static final long WITHIN_KEY_MS = 50;

    /** Waits for one so long; the end of the input is QUIT. */
    static Key read(NonBlockingReader from, long withinMs) throws IOException {
        int code = from.read(withinMs);
        return switch (code) {
            case NonBlockingReader.EOF, CTRL_C, 'q', 'Q' -> QUIT;
            case '<', ',' -> LEFT;
            case '>', '.' -> RIGHT;
            case 'r', 'R' -> REVERSE;
            case 'a', 'A' -> WHOLE;
            case ESCAPE -> arrow(from);
            default -> NONE;
        };
    }

    private static Key arrow(NonBlockingReader from) throws IOException {
        int second = from.read(WITHIN_KEY_MS);
        if (second != '[' && second != 'O') {
            return NONE;
        }
        return switch (from.read(WITHIN_KEY_MS)) {
            case 'C' -> RIGHT;
            case 'D' -> LEFT;
            default -> NONE;
        };
    }
}
