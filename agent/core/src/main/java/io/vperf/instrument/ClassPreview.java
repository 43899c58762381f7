package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import io.vperf.select.ClassFacts;
import io.vperf.select.MethodPattern;
import io.vperf.select.Selection;
import io.vperf.select.TypeFinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agent would do to a class, for the command {@code match}: the same choice and the same weaving, without its result. */
public final class ClassPreview {

    /** No class has more methods. */
    private static final int MOST_METHODS = 65_535;

    private final MethodChooser chooser;
    private final Health health;

    public ClassPreview(Selection selection, Health health) {
        this.chooser = new MethodChooser(selection);
        this.health = health;
    }

    /**
     * A method that somebody wants to be measured.
     *
     * @param className with dots
     * @param signature name and arguments, as patterns have them
     * @param reportedName what reports call it
     * @param marked whether it carries @Measured
     * @param matchedBy the pattern that is about it, as it was written; null if none is
     * @param leftOut why it is not measured nevertheless; null: it is
     * @param excluding patterns that keep it from being measured, where it would be otherwise
     */
    public record Line(
            String className,
            String signature,
            String reportedName,
            boolean marked,
            @Nullable String matchedBy,
            @Nullable String leftOut,
            List<MethodPattern> excluding) {

        /** Who wants it. */
        public String by() {
            return marked || matchedBy == null ? "@Measured" : matchedBy;
        }

        /** As a pattern that names it alone. */
        public String pattern() {
            return className + '#' + signature;
        }
    }

    /** The facts of a class. */
    public static ClassFacts facts(byte[] classFile) {
        return ClassFactsReader.read(classFile);
    }

    /** The methods that are marked or that patterns are about, in the order of the class file, marked ones first. */
    public List<Line> of(byte[] classFile, TypeFinder types) {
        ClassFacts facts = facts(classFile);
        boolean included = chooser.includes()
                && chooser.mayInclude(facts.name().replace('.', '/'), new ClassGlance(classFile, types));
        List<MeasuredMethod> marks = MarkSearch.finds(classFile) ? MeasuredScan.of(classFile) : List.of();
        if (!included && marks.isEmpty()) {
            return List.of();
        }
        List<ChosenMethod> chosen = chooser.choose(marks, facts, classFile, types, included);
        List<MeasuredMethod> measured = new ArrayList<>();
        for (ChosenMethod one : chosen) {
            if (one.leftOut() == null) {
                measured.add(one.method());
            }
        }
        Map<String, Trouble> refused = new HashMap<>();
        if (!measured.isEmpty()) {
            byte[] unused = new ProbeWeaver(new MethodTable(MOST_METHODS, health), health)
                    .weave(facts.name(), classFile, measured, refused);
        }
        List<Line> lines = new ArrayList<>();
        for (ChosenMethod one : chosen) {
            lines.add(line(facts.name(), one, refused.get(ProbeWeaver.key(one.method()))));
        }
        return lines;
    }

    private static Line line(String className, ChosenMethod one, @Nullable Trouble refused) {
        MeasuredMethod method = one.method();
        String signature =
                MeasuredMethod.qualified("", method.name(), method.descriptor()).substring(1);
        String leftOut = one.leftOut() == null && refused != null ? refused.meaning() : one.leftOut();
        String matchedBy = one.pattern() == null ? null : one.pattern().toString();
        return new Line(className, signature, method.reportedName(), one.marked(), matchedBy, leftOut, one.excluding());
    }
}
