package io.vperf.export.hlog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, whatever is in it: as ISO-8859-1, which cannot fail on foreign bytes. A line of other people's files may have no end;
 * of one that is longer than any of vperf's the rest is passed over.
 */
final class LineInput {

    /** Lines of vperf have some hundred bytes, those with the most counters and methods some ten thousand. */
    static final int LONGEST = 1 << 24;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    /** The beginning of a line that goes on in the next buffer. */
    private byte[] begun = new byte[1 << 10];

    private int begunLength;

    LineInput(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its end; null after the last.
     *
     * @throws IOException if the file cannot be read further
     */
    @Nullable
    String next() throws IOException {
        boolean any = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(buffer, 0, buffer.length));
                if (end == 0) {
                    return any ? line() : null;
                }
            }
            any = true;
            int lineEnd = at;
            while (lineEnd < end && buffer[lineEnd] != '\n') {
                lineEnd++;
            }
            begin(lineEnd);
            if (lineEnd < end) {
                at = lineEnd + 1;
                return line();
            }
            at = end;
        }
    }

    private void begin(int to) {
        int length = Math.min(to - at, LONGEST - begunLength);
        if (begunLength + length > begun.length) {
            begun = Arrays.copyOf(begun, Math.min(LONGEST, 2 * (begunLength + length)));
        }
        System.arraycopy(buffer, at, begun, begunLength, length);
        begunLength += length;
    }

    private String line() {
        boolean carriageReturn = begunLength > 0 && begun[begunLength - 1] == '\r';
        String line = new String(begun, 0, begunLength - (carriageReturn ? 1 : 0), StandardCharsets.ISO_8859_1);
        begunLength = 0;
        return line;
    }
}
