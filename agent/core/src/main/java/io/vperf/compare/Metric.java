package io.vperf.compare;

import java.util.Locale;

/** A time of calls. */
enum Metric {
    WALL,
    CORRECTED,
    CPU,
    STOLEN,
    /** Of which there are sums only. */
    SELF;

    /** As in limits and in JSON. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
