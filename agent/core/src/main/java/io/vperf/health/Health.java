package io.vperf.health;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one JVM since vperf started. Thread-safe; counting never blocks. */
public final class Health {

    /** Complete from the start and never changed, so it is read without a lock. */
    private final Map<Trouble, LongAdder> counts = new EnumMap<>(Trouble.class);

    private final Log log;

    public Health(Log log) {
        this.log = log;
        for (Trouble kind : Trouble.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    public void count(Trouble kind) {
        adder(kind).increment();
    }

    public void count(Trouble kind, long howMany) {
        adder(kind).add(howMany);
    }

    /** Counts an error that the application must not see; the first of a kind is told on stderr. */
    public void suppress(String where, Throwable error) {
        count(Trouble.SUPPRESSED_ERRORS);
        log.once(where + error.getClass().getName(), where + ": " + error + " (counted from now on, not repeated)");
        log.debug(where, error);
    }

    public long total(Trouble kind) {
        return adder(kind).sum();
    }

    /** The kinds that happened, with their totals since the start. */
    public Map<Trouble, Long> totals() {
        Map<Trouble, Long> totals = new EnumMap<>(Trouble.class);
        for (Trouble kind : Trouble.values()) {
            long total = total(kind);
            if (total > 0) {
                totals.put(kind, total);
            }
        }
        return totals;
    }

    private LongAdder adder(Trouble kind) {
        return Objects.requireNonNull(counts.get(kind));
    }
}
