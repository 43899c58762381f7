package io.vperf.pauses;

import java.nio.ByteBuffer;

/** Puts lines together that come in parts. Too long a line is no safepoint's, and left out. */
final class Lines {

    private static final int LONGEST = 1024;

    /** Takes one line, without its end; the bytes are valid for the call only. */
    interface Taker {
        void take(byte[] line, int length);
    }

    private final byte[] line = new byte[LONGEST];
    private int length;

    void add(ByteBuffer part, Taker taker) {
        while (part.hasRemaining()) {
            byte next = part.get();
            if (next != '\n') {
                if (length < LONGEST) {
                    line[length] = next;
                }
                length++;
                continue;
            }
            if (length <= LONGEST) {
                taker.take(line, length);
            }
            length = 0;
        }
    }
}
