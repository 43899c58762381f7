package io.vperf.labs.pmu;

import java.util.Locale;

/** Prints what was found and remembers whether all of it was right. */
final class Checks {

    private int failed;

    void that(boolean right, String format, Object... values) {
        System.out.println((right ? "  ok    " : "  WRONG ") + String.format(Locale.ROOT, format, values));
        failed += right ? 0 : 1;
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    int failed() {
        return failed;
    }
}
