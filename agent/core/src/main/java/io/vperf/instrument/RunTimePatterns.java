package io.vperf.instrument;

import io.vperf.select.Patterns;
import io.vperf.select.Selection;
import io.vperf.select.WrongPatternException;
import java.util.List;

/** The patterns of a running JVM, which an operator may change. One change at a time, by any thread. */
public final class RunTimePatterns {

    private final Instrumenter instrumenter;
    private final PatternUse use;
    private Selection selection;

    /**
     * Changes nothing yet.
     *
     * @param selection by which the instrumenter chooses
     */
    public RunTimePatterns(Instrumenter instrumenter, PatternUse use, Selection selection) {
        this.instrumenter = instrumenter;
        this.use = use;
        this.selection = selection;
    }

    /** As they were written. */
    public synchronized List<String> all() {
        return selection.include().all().stream().map(Object::toString).toList();
    }

    /**
     * Patterns choose from now on, of loaded classes, too; those that do already are passed over.
     *
     * @return how many loaded classes have been rewritten
     * @throws IllegalArgumentException with what is wrong in them
     */
    public synchronized int add(String text) {
        Patterns written = parse(text);
        Patterns fresh = written.without(written.among(selection.include()));
        if (fresh.isEmpty()) {
            return 0;
        }
        use.add(fresh);
        return select(selection.include().plus(fresh), fresh);
    }

    /**
     * Patterns choose no more. Classes in which nothing else is measured get their own byte code back; calls in progress are measured
     * to their ends.
     *
     * @return how many loaded classes have been rewritten
     * @throws IllegalArgumentException if one of them is not among those that choose
     */
    public synchronized int remove(String text) {
        Patterns written = parse(text);
        Patterns unknown = written.without(written.among(selection.include()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("'" + unknown + "' is not among the patterns: "
                    + (selection.include().isEmpty() ? "there are none" : selection.include())
                    + "; write it as it stands there");
        }
        Patterns gone = selection.include().among(written);
        int rewritten = select(selection.include().without(gone), gone);
        use.remove(gone);
        return rewritten;
    }

    private int select(Patterns include, Patterns changed) {
        selection = new Selection(include, selection.exclude(), selection.trivial());
        return instrumenter.select(selection, new Selection(changed, selection.exclude(), selection.trivial()));
    }

    private static Patterns parse(String text) {
        try {
            Patterns patterns = Patterns.parse(text.strip());
            if (patterns.isEmpty()) {
                throw new IllegalArgumentException("no pattern is given; give CLASS, CLASS#METHOD or @ANNOTATION");
            }
            return patterns;
        } catch (WrongPatternException e) {
            throw new IllegalArgumentException(e.getMessage()); // no cause: a console has no such class
        }
    }
}
