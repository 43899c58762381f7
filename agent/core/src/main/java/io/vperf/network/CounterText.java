package io.vperf.network;

import org.jspecify.annotations.Nullable;

/** Numbers as the kernel writes counters: decimal, unsigned, up to 64 bits. */
final class CounterText {

    private static final int MOST_DIGITS = 20;

    private CounterText() {}

    /** The value, unsigned, or null where the text is not such a number. */
    static @Nullable Long parse(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS || text.chars().anyMatch(c -> c < '0' || c > '9')) {
            return null; // the JDK would take signs and the digits of other scripts
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return null; // 20 digits can be more than 64 bits hold
        }
    }
}
