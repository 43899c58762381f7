package io.vperf.select;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One pattern: {@code CLASS}, {@code CLASS#METHOD} or {@code CLASS#METHOD(TYPES)}. Immutable. Grammar: docs/selection.md. */
public final class MethodPattern {

    /** A capital, by convention a type's, before another one. */
    private static final Pattern NESTED = Pattern.compile("\\b(\\p{Lu}\\w*)\\.(?=\\p{Lu})");

    /** How closely a pattern is about a method. */
    enum Reach {
        NONE,
        /** It names the type, and nothing of the method. */
        TYPE,
        /** It names several methods. */
        SEVERAL,
        /** It names the method, or an annotation that this carries. */
        METHOD
    }

    private final String text;
    private final @Nullable NamePattern type;
    private final boolean subtypes;
    private final @Nullable AnnotationPattern typeAnnotation;
    private final @Nullable NamePattern method;
    private final @Nullable AnnotationPattern methodAnnotation;
    private final @Nullable ArgumentsPattern arguments;

    /**
     * A type or an annotation of it, and of a method at most one of both.
     *
     * @param text as it was written
     * @param subtypes whether the type's subtypes are meant, too
     */
    MethodPattern(
            String text,
            @Nullable NamePattern type,
            boolean subtypes,
            @Nullable AnnotationPattern typeAnnotation,
            @Nullable NamePattern method,
            @Nullable AnnotationPattern methodAnnotation,
            @Nullable ArgumentsPattern arguments) {
        this.text = text;
        this.type = type;
        this.subtypes = subtypes;
        this.typeAnnotation = typeAnnotation;
        this.method = method;
        this.methodAnnotation = methodAnnotation;
        this.arguments = arguments;
    }

    /** What may be meant instead, in brackets, if this names a nested type as Java code does, or one type and nothing of its methods; else empty. */
    public String hint() {
        String nested = NESTED.matcher(text).replaceAll("$1\\$");
        if (!nested.equals(text)) {
            return " (a nested type is written with a '$': " + nested + ")";
        }
        if (text.indexOf('*') >= 0 || text.indexOf('#') >= 0 || text.indexOf('@') >= 0 || text.indexOf('+') >= 0) {
            return "";
        }
        int lastDot = text.lastIndexOf('.');
        String method =
                lastDot < 0 ? "" : ", for a method " + text.substring(0, lastDot) + "#" + text.substring(lastDot + 1);
        return " (it means a type of this name; for a package write " + text + ".**" + method + ")";
    }

    /** Whether it can be about a class of this name, which is written with slashes. */
    boolean mayMatch(String internalName) {
        return type == null || subtypes || type.matchesInternal(internalName);
    }

    /** Whether a class's name and those of its supertypes tell if it is about the class. */
    boolean isAboutSubtypes() {
        return subtypes && type != null;
    }

    /** Whether it is about no class without annotations of its own. */
    boolean needsAnnotations() {
        return (typeAnnotation != null && !typeAnnotation.isInherited())
                || (methodAnnotation != null && !methodAnnotation.isInherited());
    }

    /** Whether it names any annotation. */
    boolean usesAnnotations() {
        return typeAnnotation != null || methodAnnotation != null;
    }

    /** Whether what a class extends and implements matters. */
    boolean needsSupertypes() {
        return subtypes
                || (typeAnnotation != null && typeAnnotation.isInherited())
                || (methodAnnotation != null && methodAnnotation.isInherited());
    }

    /** Whether the part before the # is about the class. */
    boolean matchesType(ClassFacts c, Supertypes supertypes, TypeFinder types) {
        if (typeAnnotation != null) {
            return isOnType(typeAnnotation, c, supertypes, types);
        }
        if (type == null || type.matches(c.name())) {
            return true;
        }
        if (subtypes) {
            for (String name : supertypes.names()) {
                if (type.matches(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * How it is about a method.
     *
     * @param matchesType as {@link #matchesType} has answered
     */
    Reach reach(boolean matchesType, ClassFacts c, MethodFacts m, Supertypes supertypes, TypeFinder types) {
        if (method == null && methodAnnotation == null) {
            if (typeAnnotation != null && isOnMethod(typeAnnotation, c, m, supertypes, types)) {
                return Reach.METHOD;
            }
            return matchesType ? Reach.TYPE : Reach.NONE;
        }
        if (!matchesType) {
            return Reach.NONE;
        }
        if (methodAnnotation != null) {
            return isOnMethod(methodAnnotation, c, m, supertypes, types) ? Reach.METHOD : Reach.NONE;
        }
        return method == null ? Reach.NONE : byName(method, m);
    }

    private Reach byName(NamePattern name, MethodFacts m) {
        // Wildcards do not mean constructors.
        if ((!name.isLiteral() && m.name().startsWith("<")) || !name.matches(m.name())) {
            return Reach.NONE;
        }
        if (arguments != null && !arguments.matches(m.argumentTypes())) {
            return Reach.NONE;
        }
        return name.isLiteral() ? Reach.METHOD : Reach.SEVERAL;
    }

    private static boolean isOnType(
            AnnotationPattern annotation, ClassFacts c, Supertypes supertypes, TypeFinder types) {
        if (annotation.isAmong(c.annotations(), types)) {
            return true;
        }
        if (annotation.isInherited()) {
            for (ClassFacts supertype : supertypes.found()) {
                if (annotation.isAmong(supertype.annotations(), types)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOnMethod(
            AnnotationPattern annotation, ClassFacts c, MethodFacts m, Supertypes supertypes, TypeFinder types) {
        if (annotation.isAmong(m.annotations(), types)) {
            return true;
        }
        if (annotation.isInherited() && m.isVirtual()) {
            for (ClassFacts supertype : supertypes.found()) {
                for (MethodFacts overridden : supertype.methods()) {
                    if (overrides(c, m, overridden) && annotation.isAmong(overridden.annotations(), types)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** By erased arguments, or by way of a bridge, which a compiler makes where the other's types are type variables. */
    private static boolean overrides(ClassFacts c, MethodFacts m, MethodFacts other) {
        if (!other.isVirtual() || !other.name().equals(m.name())) {
            return false;
        }
        String wanted = other.argumentDescriptor();
        if (m.argumentDescriptor().equals(wanted)) {
            return true;
        }
        for (MethodFacts bridge : c.methods()) {
            if (bridge.argumentDescriptor().equals(wanted) && bridge.mayBeBridgeTo(m)) {
                return true;
            }
        }
        return false;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
