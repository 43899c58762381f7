package io.vperf.record;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a stage calls at its completion, on whatever thread that happens. Throws nothing, and has the stage's dependent hold nothing. */
final class CompletionHook implements BiFunction<@Nullable Object, @Nullable Throwable, @Nullable Object> {

    private final Completions completions;

    /** Set before the hook is handed over; null: nobody waits for it. */
    @Nullable
    OpenCompletion open;

    CompletionHook(Completions completions) {
        this.completions = completions;
    }

    @Override
    public @Nullable Object apply(@Nullable Object value, @Nullable Throwable error) {
        completions.end(open, error != null);
        return null;
    }
}
