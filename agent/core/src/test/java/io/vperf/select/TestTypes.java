package io.vperf.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An application's types as a test makes them up, and what was asked for in vain. */
final class TestTypes implements TypeFinder {

    static final int PUBLIC = 1;
    static final int PRIVATE = 2;
    static final int STATIC = 8;
    static final int NATIVE = 0x100;
    static final int ABSTRACT = 0x400;
    static final int BRIDGE = 0x1040;

    private final Map<String, ClassFacts> types = new HashMap<>();
    final List<String> missing = new ArrayList<>();

    static MethodFacts method(int access, String name, String descriptor, String... annotations) {
        return new MethodFacts(access, name, descriptor, List.of(annotations));
    }

    static MethodFacts method(String name) {
        return method(PUBLIC, name, "()V");
    }

    /** A class whose supertypes are the superclass and then interfaces. */
    ClassFacts add(String name, List<String> supertypes, List<String> annotations, MethodFacts... methods) {
        ClassFacts facts = new ClassFacts(
                name,
                supertypes.isEmpty() ? "java.lang.Object" : supertypes.get(0),
                supertypes.isEmpty() ? List.of() : supertypes.subList(1, supertypes.size()),
                annotations,
                Arrays.asList(methods),
                ClassFacts.Kind.OTHER);
        types.put(name, facts);
        return facts;
    }

    @Override
    public @Nullable ClassFacts find(String name) {
        return types.get(name);
    }

    @Override
    public void missing(String name) {
        missing.add(name);
    }
}
