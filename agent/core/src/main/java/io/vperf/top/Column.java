package io.vperf.top;

import io.vperf.report.Units;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of the table, in their order. */
public enum Column {
    METHOD("method", "method", Kind.NAME, 0),
    CALLS("calls", "calls/s", Kind.RATE, 0),
    TOTAL("total", "total", Kind.DURATION, 1),
    P50("p50", "p50", Kind.DURATION, 7),
    P99("p99", "p99", Kind.DURATION, 2),
    MAX("max", "max", Kind.DURATION, 8),
    CORRECTED_P50("corrected-p50", "p50 corr", Kind.DURATION, 9),
    CORRECTED_P99("corrected-p99", "p99 corr", Kind.DURATION, 3),
    CORRECTED_MAX("corrected-max", "max corr", Kind.DURATION, 10),
    CPU("cpu", "cpu", Kind.DURATION, 5),
    STOLEN("stolen", "stolen", Kind.SHARE, 4),
    RUNNING("running", "running", Kind.SHARE, 6),
    DELAY("delay", "delay", Kind.SHARE, 11),
    BLOCKED("blocked", "blocked", Kind.SHARE, 12);

    /** With the gap before it, and the mark after it. */
    static final int WIDTH = 11;

    private enum Kind {
        NAME,
        RATE,
        DURATION,
        SHARE
    }

    private final String key;
    private final String title;
    private final Kind kind;
    private final int rank;

    Column(String key, String title, Kind kind, int rank) {
        this.key = key;
        this.title = title;
        this.kind = kind;
        this.rank = rank;
    }

    /** As {@code --sort} takes it. */
    @Override
    public String toString() {
        return key;
    }

    String title() {
        return title;
    }

    /** Where there is room for so many columns beside the methods' names, those of lower rank are shown. */
    int rank() {
        return rank;
    }

    /** Unknown is "-". */
    String text(@Nullable Double value) {
        if (value == null) {
            return "-";
        }
        return switch (kind) {
            case NAME -> "";
            case RATE -> value < 10 ? String.format(Locale.ROOT, "%.1f", value) : Units.amount(Math.round(value));
            case DURATION -> Units.duration(Math.round(value));
            case SHARE -> String.format(Locale.ROOT, "%.2f %%", 100 * value);
        };
    }
}
