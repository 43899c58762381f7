package io.vperf.instrument;

import io.vperf.health.Log;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Marks that have no effect, as there is no code to put a probe into: abstract and native methods, and types that declare no
 * others. Filled by the threads that load classes, told once, at the end of the run.
 */
public final class MarksWithoutCode {

    private static final int MOST_NAMED = 5;

    /** They stay, so that a class that is transformed again counts once. */
    private static final int MOST_KEPT = 1_000;

    /** Guarded by this. */
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * Adds what stands in one class.
     *
     * @param found names of methods, or of a type
     */
    synchronized void add(List<String> found) {
        for (String name : found) {
            if (names.size() < MOST_KEPT) {
                names.add(name);
            }
        }
    }

    /** Says what was found, if anything was. */
    public synchronized void tell(Log log) {
        if (names.isEmpty()) {
            return;
        }
        int named = Math.min(MOST_NAMED, names.size());
        int more = names.size() - named;
        log.info("@Measured has no effect where there is no code (abstract and native methods): "
                + names.stream().limit(named).collect(Collectors.joining(", "))
                + (more == 0 ? "" : " and " + more + (names.size() == MOST_KEPT ? " or more" : "") + " others")
                + "; mark the methods that implement or call these, or give include=@io.vperf.annotations.Measured+"
                + " for all that implement them");
    }
}
