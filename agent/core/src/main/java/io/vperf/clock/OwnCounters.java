package io.vperf.clock;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One native thread's {@link WaitCounters}, opened when it asks for them first. Used by that thread alone. */
final class OwnCounters implements Supplier<@Nullable WaitCounters> {

    private final @Nullable WaitSources sources;
    private boolean asked;
    private @Nullable WaitCounters counters;

    /**
     * @param sources null: there are none
     */
    OwnCounters(@Nullable WaitSources sources) {
        this.sources = sources;
    }

    /** False if it is known that there are none. */
    boolean mayBeThere() {
        return counters != null || (sources != null && !asked);
    }

    @Override
    public @Nullable WaitCounters get() {
        if (!asked && sources != null) {
            asked = true;
            counters = sources.countersOfThisThread();
        }
        return counters;
    }

    /** The native thread has ended, or asks no more. */
    void close() {
        if (counters != null) {
            counters.close();
        }
    }
}
