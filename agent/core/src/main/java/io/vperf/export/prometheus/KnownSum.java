package io.vperf.export.prometheus;

import org.jspecify.annotations.Nullable;

/** A sum over intervals of what is known. Not thread-safe. */
final class KnownSum {

    private long sum;
    private boolean known;

    void add(@Nullable Long part) {
        if (part != null) {
            sum += part;
            known = true;
        }
    }

    /** As {@link #add}, but nothing is known before there was something. */
    void addSeen(long part) {
        if (part != 0) {
            add(part);
        }
    }

    /** Null if nothing is known of any interval. */
    @Nullable
    Long value() {
        return known ? Long.valueOf(sum) : null;
    }
}
