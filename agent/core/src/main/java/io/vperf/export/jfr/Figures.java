package io.vperf.export.jfr;

import io.vperf.record.Correction;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/** Numbers as events hold them. */
final class Figures {

    /** As the JDK's tools have it; they print N/A. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private Figures() {}

    static long of(@Nullable Long figure) {
        return figure == null ? UNKNOWN : figure;
    }

    /** Nanoseconds, or unknown where there are no times. */
    static long percentile(@Nullable AbstractHistogram times, double percentile) {
        return times == null || times.getTotalCount() == 0 ? UNKNOWN : times.getValueAtPercentile(percentile);
    }

    /** Of a corrected percentile, in nanoseconds, or unknown where there is none. */
    static long bound(@Nullable Correction correction, double percentile) {
        return correction == null || correction.corrected().getTotalCount() == 0
                ? UNKNOWN
                : correction.boundNs(percentile);
    }

    /** Nanoseconds, or unknown where there are no times. */
    static long max(@Nullable AbstractHistogram times) {
        return times == null || times.getTotalCount() == 0 ? UNKNOWN : times.getMaxValue();
    }
}
