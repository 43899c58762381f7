package io.vperf.shim;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PMU wants a field's value: {@code config:0-7,32-35} in its {@code format} folder. The value's bits go to these
 * places from the lowest on, whatever the order in which they are written (perf's {@code pmu_format_value}).
 *
 * @param word 0 for config, 1 for config1, 2 for config2
 * @param mask the places
 */
record PmuFormat(int word, long mask) {

    private static final Pattern SHAPE =
            Pattern.compile("config([12]?):(\\d{1,2}(?:-\\d{1,2})?(?:,\\d{1,2}(?:-\\d{1,2})?)*)");

    /** Null where it is none, or of a word that is not asked for here (config3, since Linux 6.3). */
    static @Nullable PmuFormat parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long mask = 0;
        for (String range : matcher.group(2).split(",", -1)) {
            int dash = range.indexOf('-');
            int low = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int high = Integer.parseInt(range.substring(dash + 1));
            if (low > high || high > 63) {
                return null;
            }
            mask |= (-1L >>> (63 - (high - low))) << low;
        }
        return new PmuFormat(matcher.group(1).isEmpty() ? 0 : Integer.parseInt(matcher.group(1)), mask);
    }

    /** Whether the field is wide enough. */
    boolean holds(long value) {
        return Long.numberOfLeadingZeros(value) >= 64 - Long.bitCount(mask);
    }

    long largest() {
        return -1L >>> (64 - Long.bitCount(mask));
    }

    /** The field's old value is overwritten. */
    void put(long[] config, long value) {
        long spread = 0;
        long rest = value;
        for (long places = mask; places != 0; places &= places - 1) {
            spread |= (rest & 1) == 0 ? 0 : Long.lowestOneBit(places);
            rest >>>= 1;
        }
        config[word] = (config[word] & ~mask) | spread;
    }
}
