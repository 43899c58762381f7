package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Marks that cannot have the effect they ask for, each counted and told once, however often its class is transformed. Filled by the
 * threads that load classes.
 */
final class MarksInVain {

    /** They stay, so that none comes twice. */
    private static final int MOST_KEPT = 1_000;

    private final Health health;

    /** Guarded by this. */
    private final Set<String> seen = new HashSet<>();

    MarksInVain(Health health) {
        this.health = health;
    }

    /**
     * Adds what stands in one class.
     *
     * @param suspended names of marked suspend functions of Kotlin
     * @param notCompleting names of methods that are marked until = COMPLETION and return nothing that could complete
     */
    synchronized void add(List<String> suspended, List<String> notCompleting) {
        for (String name : suspended) {
            add(
                    Trouble.METHODS_SUSPENDING,
                    name,
                    " is a suspend function of Kotlin and is not measured: it returns whenever it suspends and is entered again"
                            + " to go on, so its calls and times would be those of pieces. Mark what it calls that does not suspend.");
        }
        for (String name : notCompleting) {
            add(
                    Trouble.METHODS_TO_RETURN,
                    name,
                    " is marked until = COMPLETION, but returns nothing that could complete; it is measured up to its return."
                            + " Stages are those of java.util.concurrent.CompletionStage.");
        }
    }

    /** Not by +: that makes classes, and the stack of a thread that loads one may be full. */
    private void add(Trouble kind, String name, String why) {
        if (seen.size() < MOST_KEPT && seen.add(name)) {
            health.count(kind);
            health.tellLater("@Measured method ".concat(name).concat(why));
        }
    }
}
