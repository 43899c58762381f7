package io.vperf.instrument;

import io.vperf.select.ClassFacts;
import io.vperf.select.MethodFacts;
import io.vperf.select.MethodPattern;
import io.vperf.select.Selection;
import io.vperf.select.TypeFinder;
import io.vperf.select.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings marks and patterns together: what is to be measured of a class. The agent and the command {@code match} ask it. */
final class MethodChooser {

    private final Selection selection;
    private final boolean usesAnnotations;

    MethodChooser(Selection selection) {
        this.selection = selection;
        this.usesAnnotations = selection.usesAnnotations();
    }

    /** Whether patterns may choose something of a class; false for most, at the price of a look at the name, with slashes. */
    boolean mayInclude(String internalName, ClassGlance glance) {
        return selection.mayInclude(internalName, glance);
    }

    /** Whether annotations matter. */
    boolean usesAnnotations() {
        return usesAnnotations;
    }

    /** Whether there are any patterns to choose by. */
    boolean includes() {
        return !selection.include().isEmpty();
    }

    /** Whether marked methods may be excluded. */
    boolean excludes() {
        return !selection.exclude().isEmpty();
    }

    /**
     * The methods that are marked or that patterns are about.
     *
     * @param marks what is marked, if any
     * @param facts of the class
     * @param byPatterns whether patterns may choose
     */
    List<ChosenMethod> choose(
            List<MeasuredMethod> marks, ClassFacts facts, byte[] classFile, TypeFinder types, boolean byPatterns) {
        List<Verdict> verdicts = byPatterns ? selection.choose(facts, types, new TrivialMethods(classFile)) : List.of();
        List<ChosenMethod> chosen = new ArrayList<>();
        for (MeasuredMethod mark : marks) {
            List<MethodPattern> excluding = excludes() ? excluding(mark, facts, types) : List.of();
            Verdict too = verdict(verdicts, mark);
            chosen.add(new ChosenMethod(
                    mark,
                    true,
                    too == null ? null : too.by(),
                    Selection.reason(excluding),
                    too == null ? List.of() : too.also(),
                    excluding));
        }
        for (Verdict verdict : verdicts) {
            MethodFacts m = verdict.method();
            if (!isAmong(marks, m)) {
                String reportedName = MeasuredMethod.qualified(facts.name(), m.name(), m.descriptor());
                chosen.add(new ChosenMethod(
                        new MeasuredMethod(m.name(), m.descriptor(), reportedName),
                        false,
                        verdict.by(),
                        leftOut(verdict),
                        verdict.also(),
                        verdict.excluding()));
            }
        }
        return chosen;
    }

    private static @Nullable String leftOut(Verdict verdict) {
        return verdict.leftOut() == null
                        && SuspendFunctions.isOne(verdict.method().descriptor())
                ? "suspend function of Kotlin"
                : verdict.leftOut();
    }

    private static @Nullable Verdict verdict(List<Verdict> verdicts, MeasuredMethod mark) {
        for (Verdict verdict : verdicts) {
            if (isSame(mark, verdict.method())) {
                return verdict;
            }
        }
        return null;
    }

    private List<MethodPattern> excluding(MeasuredMethod mark, ClassFacts facts, TypeFinder types) {
        for (MethodFacts m : facts.methods()) {
            if (isSame(mark, m)) {
                return selection.excluding(facts, m, types);
            }
        }
        return List.of();
    }

    private static boolean isAmong(List<MeasuredMethod> marks, MethodFacts m) {
        for (MeasuredMethod mark : marks) {
            if (isSame(mark, m)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(MeasuredMethod mark, MethodFacts m) {
        return mark.name().equals(m.name()) && mark.descriptor().equals(m.descriptor());
    }
}
