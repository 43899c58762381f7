package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.select.MethodPattern;
import io.vperf.select.Patterns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each pattern of {@code include} and {@code exclude} has come to in this run, and its end where that is more than was meant: a
 * pattern brings no more than so many methods; others and marks go on. Filled by the threads that load classes.
 */
public final class PatternUse {

    private static final class Use {

        final MethodPattern pattern;

        /** Class, name and descriptor: a class that is transformed again, or by several loaders, counts once. */
        final Set<String> taken = new HashSet<>();

        /** Whether it is about a marked method, which is not counted as the pattern's. */
        boolean onMarked;

        /** Whether it is about a method that a pattern before it measures, and which is not counted as its own. */
        boolean late;

        @Nullable
        String firstLeftOut;

        Use(MethodPattern pattern) {
            this.pattern = pattern;
        }
    }

    private final int most;
    private final Health health;

    /** Guarded by this. */
    private final List<Use> uses = new ArrayList<>();

    /** Those of {@code exclude} that have not kept any method from being measured; guarded by this. */
    private final List<MethodPattern> idleExcluding;

    /**
     * Nothing yet.
     *
     * @param most methods of each pattern of {@code include}
     */
    public PatternUse(Patterns include, Patterns exclude, int most, Health health) {
        this.most = most;
        this.health = health;
        this.idleExcluding = new ArrayList<>(exclude.all());
        for (MethodPattern pattern : include.all()) {
            uses.add(new Use(pattern));
        }
    }

    /** These choose from now on, too. */
    synchronized void add(Patterns include) {
        for (MethodPattern pattern : include.all()) {
            uses.add(new Use(pattern));
        }
    }

    /** These choose no more, and nothing is told of them. */
    synchronized void remove(Patterns include) {
        uses.removeIf(use -> include.all().contains(use.pattern));
    }

    /** Those of a class that are to be measured: neither left out nor one too many. */
    synchronized List<MeasuredMethod> take(String className, List<ChosenMethod> chosen) {
        List<MeasuredMethod> taken = new ArrayList<>();
        for (ChosenMethod one : chosen) {
            idleExcluding.removeAll(one.excluding());
            Use use = one.pattern() == null ? null : of(one.pattern());
            if (one.leftOut() != null) {
                if (use != null && use.firstLeftOut == null) {
                    use.firstLeftOut = one.method().reportedName().concat(": ").concat(one.leftOut());
                }
            } else if (one.marked()) {
                taken.add(one.method());
                if (use != null) {
                    use.onMarked = true;
                }
                noteLate(one.also());
            } else if (use != null && hasRoom(use, className, one.method())) {
                taken.add(one.method());
                noteLate(one.also());
            }
        }
        return taken;
    }

    private void noteLate(List<MethodPattern> patterns) {
        for (MethodPattern pattern : patterns) {
            Use use = of(pattern);
            if (use != null) {
                use.late = true;
            }
        }
    }

    private boolean hasRoom(Use use, String className, MeasuredMethod method) {
        String key = className.concat("#").concat(ProbeWeaver.key(method));
        if (use.taken.contains(key)) {
            return true;
        }
        if (use.taken.size() < most) {
            use.taken.add(key);
            return true;
        }
        health.count(Trouble.MATCHED_TOO_MANY);
        health.tellLater("include: the pattern '"
                .concat(use.pattern.toString())
                .concat("' has reached ")
                .concat(Integer.toString(most))
                .concat(" methods and takes no more; narrow it, exclude some, or raise max-matched"
                        + " (matchedTooMany counts the others)"));
        return false;
    }

    private @Nullable Use of(MethodPattern pattern) {
        for (Use use : uses) {
            if (use.pattern == pattern) {
                return use;
            }
        }
        return null;
    }

    /** Says at the end which patterns have come to nothing: most are mistaken. */
    public synchronized void tell(Log log) {
        for (Use use : uses) {
            if (use.taken.isEmpty() && !use.onMarked && !use.late) {
                log.info("include: the pattern '" + use.pattern + "' has measured nothing" + use.pattern.hint() + ": "
                        + (use.firstLeftOut == null
                                ? "no class was loaded that has such a method"
                                : "what it is about is left out, first " + use.firstLeftOut)
                        + "; java -jar vperf.jar match '" + use.pattern + "' JAR… lists what it is about");
            }
        }
        for (MethodPattern pattern : idleExcluding) {
            log.info("exclude: the pattern '" + pattern + "' has kept no method from being measured" + pattern.hint());
        }
    }
}
