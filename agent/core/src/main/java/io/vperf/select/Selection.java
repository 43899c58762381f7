package io.vperf.select;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has chosen, without touching the code: methods to measure, and methods that are not measured whoever wants
 * it. Immutable, and the same for the agent and for the command {@code match}.
 *
 * @param include what to measure
 * @param exclude what not to measure, be it included or marked
 * @param trivial whether methods that do next to nothing are measured if a pattern does not name them
 */
public record Selection(Patterns include, Patterns exclude, boolean trivial) {

    /** Never measured by patterns: what vperf runs on, and what it is made of. */
    private static final String[] OUT_OF_REACH = {
        "java.", "jdk.", "sun.", "io.vperf.annotations.", "io.vperf.bootstrap.", "io.vperf.launcher."
    };

    /** Whether anything but marks matters. */
    public boolean isEmpty() {
        return include.isEmpty() && exclude.isEmpty();
    }

    /**
     * Whether a class may have something to measure. Cheap for most: asked for each class that is loaded.
     *
     * @param internalName with slashes
     * @param glance asked only where the name does not tell
     */
    public boolean mayInclude(String internalName, Glance glance) {
        List<MethodPattern> patterns = include.all();
        for (int i = 0; i < patterns.size(); i++) {
            MethodPattern pattern = patterns.get(i);
            if (pattern.mayMatch(internalName)
                    && (!pattern.needsAnnotations() || glance.hasAnnotations())
                    && (!pattern.isAboutSubtypes() || isSubtype(pattern, glance))) {
                return !isOutOfReach(internalName.replace('/', '.'));
            }
        }
        return false;
    }

    /**
     * Whether it can be about a class, by its name alone: true for every class if a pattern is about annotations or subtypes.
     *
     * @param internalName with slashes
     */
    public boolean mayBeAbout(String internalName) {
        for (MethodPattern pattern : include.all()) {
            if (pattern.mayMatch(internalName)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSubtype(MethodPattern pattern, Glance glance) {
        ClassFacts head = glance.head();
        return pattern.matchesType(head, new Supertypes(head, glance.types()), glance.types());
    }

    /** What is seen of a class without reading it all. */
    public interface Glance {

        /** Whether the class, or any member of it, has annotations. */
        boolean hasAnnotations();

        /** Its names; annotations and methods may be missing. */
        ClassFacts head();

        TypeFinder types();
    }

    /** Whether annotations of any type matter. */
    public boolean usesAnnotations() {
        for (Patterns patterns : new Patterns[] {include, exclude}) {
            for (MethodPattern pattern : patterns.all()) {
                if (pattern.usesAnnotations()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether facts of other types matter. */
    public boolean needsTypes() {
        for (Patterns patterns : new Patterns[] {include, exclude}) {
            for (MethodPattern pattern : patterns.all()) {
                if (pattern.needsSupertypes() || pattern.usesAnnotations()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOutOfReach(String className) {
        for (String prefix : OUT_OF_REACH) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** What patterns say of a class's methods; those that none is about are missing. */
    public List<Verdict> choose(ClassFacts c, TypeFinder types, Trivial code) {
        if (isOutOfReach(c.name()) || c.kind() == ClassFacts.Kind.GENERATED) {
            return List.of();
        }
        Supertypes supertypes = new Supertypes(c, types);
        List<MethodPattern> patterns = include.all();
        boolean[] ofType = new boolean[patterns.size()];
        for (int i = 0; i < ofType.length; i++) {
            ofType[i] = patterns.get(i).matchesType(c, supertypes, types);
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (MethodFacts method : c.methods()) {
            Verdict verdict = null;
            for (int i = 0; i < ofType.length; i++) {
                MethodPattern.Reach reach = patterns.get(i).reach(ofType[i], c, method, supertypes, types);
                if (method.isWritten() && reach != MethodPattern.Reach.NONE) {
                    String leftOut = leftOut(c, method, reach, code);
                    if (verdict == null || (verdict.leftOut() != null && leftOut == null)) {
                        verdict = new Verdict(method, patterns.get(i), leftOut);
                    } else if (leftOut == null) {
                        verdict = verdict.also(patterns.get(i));
                    }
                }
            }
            if (verdict != null) {
                verdicts.add(verdict);
            }
        }
        return excluding(verdicts, c, supertypes, types);
    }

    private List<Verdict> excluding(List<Verdict> verdicts, ClassFacts c, Supertypes supertypes, TypeFinder types) {
        for (int i = 0; i < verdicts.size() && !exclude.isEmpty(); i++) {
            Verdict verdict = verdicts.get(i);
            if (verdict.leftOut() == null) {
                verdicts.set(i, verdict.but(excluding(c, verdict.method(), supertypes, types)));
            }
        }
        return verdicts;
    }

    /** The patterns that keep a method from being measured, be it marked or not. */
    public List<MethodPattern> excluding(ClassFacts c, MethodFacts method, TypeFinder types) {
        return excluding(c, method, new Supertypes(c, types), types);
    }

    private List<MethodPattern> excluding(ClassFacts c, MethodFacts method, Supertypes supertypes, TypeFinder types) {
        List<MethodPattern> excluding = new ArrayList<>();
        for (MethodPattern pattern : exclude.all()) {
            boolean ofType = pattern.matchesType(c, supertypes, types);
            if (pattern.reach(ofType, c, method, supertypes, types) != MethodPattern.Reach.NONE) {
                excluding.add(pattern);
            }
        }
        return excluding;
    }

    /** Why a method is left out that these patterns exclude. */
    public static @Nullable String reason(List<MethodPattern> excluding) {
        return excluding.isEmpty()
                ? null
                : "excluded by ".concat(excluding.get(0).toString());
    }

    /** Why a pattern that is about a method does not measure it; null: it does. */
    private @Nullable String leftOut(ClassFacts c, MethodFacts method, MethodPattern.Reach reach, Trivial code) {
        if (!method.hasCode()) {
            return "no code: abstract or native";
        }
        if (reach == MethodPattern.Reach.METHOD) {
            return null;
        }
        if (method.isConstructor()) {
            return "constructor: measured if named, as #<init>";
        }
        if (reach == MethodPattern.Reach.TYPE && method.isPrivate()) {
            return "private: measured if named, as by #*";
        }
        if (trivial) {
            return null;
        }
        if (isOfObjectOrEnum(c, method)) {
            return "equals, hashCode, toString, or values and valueOf of an enum: measured if named";
        }
        return code.isTrivial(method) ? "trivial: measured if named, or with trivial=on" : null;
    }

    private static boolean isOfObjectOrEnum(ClassFacts c, MethodFacts method) {
        boolean inEnum = c.kind() == ClassFacts.Kind.ENUM;
        return switch (method.name()) {
            case "equals" -> method.descriptor().equals("(Ljava/lang/Object;)Z");
            case "hashCode" -> method.descriptor().equals("()I");
            case "toString" -> method.descriptor().equals("()Ljava/lang/String;");
            case "values" -> inEnum && method.descriptor().startsWith("()");
            case "valueOf" -> inEnum && method.descriptor().startsWith("(Ljava/lang/String;)");
            default -> false;
        };
    }
}
