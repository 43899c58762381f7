package io.vperf.report.html;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * Values of a plot in 16 bits each: their logarithm in steps of 1/{@value #STEPS_PER_E}, so that each is off by 0.04 % at most, less
 * than what histograms of two digits know. 0 is unknown, and 1 is zero; {@code codes.js} reads them back.
 */
final class Codes {

    static final char UNKNOWN = 0;

    private static final char ZERO = 1;
    private static final int STEPS_PER_E = 1_400;

    private Codes() {}

    /** Of a value that is not negative. A greater value never has a smaller code. */
    static char of(long value) {
        return value <= 0 ? ZERO : (char) (ZERO + 1 + Math.round(Math.log((double) value) * STEPS_PER_E));
    }

    /** Little-endian, in Base64. */
    static String text(char[] codes) {
        ByteBuffer bytes = ByteBuffer.allocate(codes.length * Character.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asCharBuffer().put(codes);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
