package io.vperf.config;

/** A whole number with a unit: durations in nanoseconds, sizes in bytes. Immutable. */
final class UnitScale {

    static final UnitScale TIME =
            new UnitScale("TIME", "10s", new String[] {"ns", "us", "ms", "s", "m", "h"}, new long[] {
                1, 1_000, 1_000_000, 1_000_000_000, 60 * 1_000_000_000L, 3_600 * 1_000_000_000L
            });

    /** 1024-based, as the JVM's own {@code -Xmx} is. */
    static final UnitScale SIZE =
            new UnitScale("SIZE", "100MB", new String[] {"B", "KB", "MB", "GB", "TB"}, new long[] {
                1, 1L << 10, 1L << 20, 1L << 30, 1L << 40
            });

    private final String placeholder;
    private final String example;
    private final String[] units;
    private final long[] factors;

    private UnitScale(String placeholder, String example, String[] units, long[] factors) {
        this.placeholder = placeholder;
        this.example = example;
        this.units = units;
        this.factors = factors;
    }

    String placeholder() {
        return placeholder;
    }

    /** The units, smallest first, such as {@code ns, us, ms, s, m or h}. */
    String units() {
        return Words.alternatives(units);
    }

    /** The amount in the smallest unit; {@link Long#MAX_VALUE} stands for everything that is too large for a long. */
    long parse(String text) throws WrongValueException {
        int digits = 0;
        long number = 0;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            int digit = text.charAt(digits) - '0';
            number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
            digits++;
        }
        if (digits == 0) {
            throw new WrongValueException("not a whole number with a unit, such as " + example);
        }
        String unit = text.substring(digits);
        for (int i = 0; i < units.length; i++) {
            if (units[i].equals(unit)) {
                return number > Long.MAX_VALUE / factors[i] ? Long.MAX_VALUE : number * factors[i];
            }
        }
        throw new WrongValueException(unitProblem(text.substring(0, digits), unit));
    }

    /** The shortest exact text that {@link #parse} turns back into this amount, which is not negative. */
    String format(long amount) {
        int unit = 0;
        for (int i = 1; i < units.length; i++) {
            if (amount != 0 && amount % factors[i] == 0) {
                unit = i;
            }
        }
        return amount / factors[unit] + units[unit];
    }

    private String unitProblem(String number, String unit) {
        if (unit.isEmpty()) {
            return "the unit is missing, add one of " + units();
        }
        for (String known : units) {
            if (known.equalsIgnoreCase(unit)) {
                return "unknown unit, did you mean '" + number + known + "'?";
            }
        }
        return "not a whole number followed by one of " + units();
    }

    private static boolean isDigit(char c) {
        // Not Character.isDigit: it takes the digits of every script.
        return c >= '0' && c <= '9';
    }
}
