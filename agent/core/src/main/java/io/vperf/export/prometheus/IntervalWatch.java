package io.vperf.export.prometheus;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether intervals end, and are written, in time. Told by the dumper, asked by the server. */
final class IntervalWatch {

    /** A busy machine may be late by so much. */
    private static final long LEAST_PATIENCE_NS = 5_000_000_000L;

    private final long intervalNs;
    private final Supplier<@Nullable String> dumpTrouble;
    private final LongSupplier nanoClock;

    /** Written by the dumper. */
    private volatile long lastNs;

    /**
     * From now on.
     *
     * @param dumpTrouble why intervals cannot be written, or null
     */
    IntervalWatch(long intervalNs, Supplier<@Nullable String> dumpTrouble, LongSupplier nanoClock) {
        this.intervalNs = intervalNs;
        this.dumpTrouble = dumpTrouble;
        this.nanoClock = nanoClock;
        this.lastNs = nanoClock.getAsLong();
    }

    void ended() {
        lastNs = nanoClock.getAsLong();
    }

    Answer answer() {
        long ageNs = nanoClock.getAsLong() - lastNs;
        String age = seconds(ageNs) + " ago";
        if (ageNs > intervalNs + Math.max(intervalNs / 2, LEAST_PATIENCE_NS)) {
            return Answer.text(
                    503,
                    "late: the last interval ended " + age + ", one is to end every " + seconds(intervalNs)
                            + ": the machine was stopped or is overloaded, or the disk of the dump hangs");
        }
        String trouble = dumpTrouble.get();
        return trouble == null
                ? Answer.text(200, "ok: the last interval ended " + age)
                : Answer.text(503, "not written: " + trouble);
    }

    private static String seconds(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns) / 1e3 + " s";
    }
}
