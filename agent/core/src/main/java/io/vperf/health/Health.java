package io.vperf.health;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counts of one JVM since vperf started. Thread-safe; counting never blocks. */
public final class Health {

    /** Complete from the start and never changed, so it is read without a lock. */
    private final Map<Trouble, LongAdder> counts = new EnumMap<>(Trouble.class);

    private static final int MOST_LINES = 256;

    private final Log log;

    private final AtomicReference<@Nullable String> firstSuppressed = new AtomicReference<>();

    /** They stay, so that none comes twice. */
    private final Set<String> lines = ConcurrentHashMap.newKeySet();

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

    /** Says on stderr why this is counted, the first time for this kind. */
    public void tell(Trouble kind, String why) {
        log.once(kind.key(), why + " (counted from now on, not repeated)");
    }

    /** Counts an error that the application must not see; the first of a kind is told on stderr, later if the stack is full. */
    public void suppress(String where, Throwable error) {
        count(Trouble.SUPPRESSED_ERRORS);
        if (error instanceof StackOverflowError) {
            String line = where.concat(": the stack was full");
            firstSuppressed.compareAndSet(null, line);
            tellLater(line);
            return;
        }
        firstSuppressed.compareAndSet(null, where + ": " + error);
        log.once(where + error.getClass().getName(), where + ": " + error + " (counted from now on, not repeated)");
        log.debug(where, error);
    }

    /** Where the first of all suppressed errors came up, and what it was; "none" before any. */
    public String firstSuppressed() {
        String first = firstSuppressed.get();
        return first == null ? "none" : first;
    }

    /**
     * Has a line told by {@link #tellLines}, once. For threads of the application, whose stack may be full: printing makes the
     * JVM load classes there, and show them to agents; where these have no room to answer, it prints ASSERTION FAILED.
     */
    public void tellLater(String line) {
        if (lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    /** Says what has come in since. Called by the dumper. */
    public void tellLines() {
        for (String line : lines) {
            log.once(line, line);
        }
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
