package io.vperf.select;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What patterns ask of a class, as its class file tells it. Names are those of class files with dots: {@code a.b.Outer$Inner}.
 *
 * @param superName null for java.lang.Object
 * @param annotations on the type itself, those in a container of repeated ones too
 * @param methods in the order of the class file
 * @param kind what it is
 */
public record ClassFacts(
        String name,
        @Nullable String superName,
        List<String> interfaces,
        List<String> annotations,
        List<MethodFacts> methods,
        Kind kind) {

    /** What matters of a class's kind. */
    public enum Kind {
        ENUM,
        OTHER,
        /** By the compiler, or by a library at run time to stand before another class: never measured. */
        GENERATED
    }

    public ClassFacts {
        interfaces = List.copyOf(interfaces);
        annotations = List.copyOf(annotations);
        methods = List.copyOf(methods);
    }

    /** As much of it as others ask of their supertypes and annotations, to be kept. */
    public ClassFacts ofSupertype() {
        List<MethodFacts> annotated = new ArrayList<>();
        for (MethodFacts method : methods) {
            if (!method.annotations().isEmpty()) {
                annotated.add(method);
            }
        }
        return new ClassFacts(name, superName, interfaces, annotations, annotated, kind);
    }
}
