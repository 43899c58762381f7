package io.vperf.record;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The completions that are waited for. Whoever removes one, and no other, tells what became of it: the application's thread
 * that completed it, or whoever finds that it was collected. Bounded, as a stage that is never completed may be returned for ever.
 */
final class OpenCompletions {

    private static final String TOO_MANY =
            "calls are not measured to their completion: too many have returned and are not"
                    + " complete (completionsLeftOut counts them)";

    private final Health health;
    private final int capacity;
    private final Set<OpenCompletion> open = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    /**
     * @param capacity may be exceeded by as many as there are threads that add at the same time
     */
    OpenCompletions(Health health, int capacity) {
        this.health = health;
        this.capacity = capacity;
    }

    /**
     * Begins to wait.
     *
     * @param teller will call {@link Completions#end}
     * @return null if there is no room
     */
    @Nullable
    OpenCompletion add(Object teller, CompletionStats stats, long beganNs, long weight) {
        if (open.size() >= capacity) {
            dropCollected();
            if (open.size() >= capacity) {
                health.count(Trouble.COMPLETIONS_LEFT_OUT);
                health.tellLater(TOO_MANY);
                return null;
            }
        }
        OpenCompletion added = new OpenCompletion(teller, collected, stats, beganNs, weight);
        open.add(added);
        return added;
    }

    /** Whether the caller is the one to tell what became of it. */
    boolean remove(OpenCompletion ended) {
        return open.remove(ended);
    }

    /** Called by any thread. */
    void dropCollected() {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            if (gone instanceof OpenCompletion completion && open.remove(completion)) {
                health.count(Trouble.COMPLETIONS_LOST);
            }
        }
    }

    /** Tells each method how many are open. Called by the dumper. */
    void tell(long nowNs) {
        for (OpenCompletion waiting : open) {
            waiting.stats.addOpen(waiting.weight, nowNs - waiting.beganNs);
        }
    }
}
