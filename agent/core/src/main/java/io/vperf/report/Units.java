package io.vperf.report;

import java.util.Locale;

/** Nanoseconds and counts as people read them: three significant digits and a unit. */
final class Units {

    private static final String[] NAMES = {"ns", "us", "ms", "s"};

    private Units() {}

    static String duration(long ns) {
        double value = ns;
        int unit = 0;
        while (unit < NAMES.length - 1 && Math.abs(value) >= 999.5) {
            value /= 1000;
            unit++;
        }
        int decimals = unit == 0 ? 0 : Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, NAMES[unit]);
    }

    /** With a bound, if there is any. */
    static String durationWithin(long ns, long boundNs) {
        return boundNs == 0 ? duration(ns) : duration(ns) + " ± " + duration(boundNs);
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    static String percent(long part, long whole) {
        return whole <= 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }
}
