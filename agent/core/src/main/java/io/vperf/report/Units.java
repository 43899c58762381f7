package io.vperf.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Nanoseconds and counts as people read them: three significant digits and a unit. */
public final class Units {

    private static final String[] NAMES = {"ns", "us", "ms", "s"};

    private static final String[] LARGE = {"M", "G", "T", "P", "E"};

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Units() {}

    /** A moment, in UTC. */
    public static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    public static String duration(long ns) {
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
    public static String durationWithin(long ns, long boundNs) {
        return boundNs == 0 ? duration(ns) : duration(ns) + " ± " + duration(boundNs);
    }

    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** A number of anything: three significant digits where it is a million or more. */
    public static String amount(long n) {
        double value = n;
        int unit = -1;
        while (Math.abs(value) >= (unit < 0 ? 1e6 : 999.5) && unit < LARGE.length - 1) {
            value /= unit < 0 ? 1e6 : 1e3;
            unit++;
        }
        if (unit < 0) {
            return count(n);
        }
        int decimals = Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, LARGE[unit]);
    }

    public static String percent(long part, long whole) {
        return whole <= 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }
}
