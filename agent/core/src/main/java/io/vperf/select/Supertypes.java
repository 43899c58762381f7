package io.vperf.select;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a class extends and implements, directly or not, looked up when first asked for. Used by one thread. */
final class Supertypes {

    /** No class has so many; a class file may be made to. */
    private static final int MOST = 2_000;

    private final ClassFacts of;
    private final TypeFinder types;
    private @Nullable List<String> names;
    private final List<ClassFacts> found = new ArrayList<>();

    Supertypes(ClassFacts of, TypeFinder types) {
        this.of = of;
        this.types = types;
    }

    /** Names, without the class's own and java.lang.Object. */
    List<String> names() {
        List<String> known = names;
        if (known == null) {
            known = new ArrayList<>();
            addSupertypes(of, known);
            for (int i = 0; i < known.size() && i < MOST; i++) {
                ClassFacts facts = types.find(known.get(i));
                if (facts == null) {
                    types.missing(known.get(i));
                } else {
                    found.add(facts);
                    addSupertypes(facts, known);
                }
            }
            names = known;
        }
        return known;
    }

    /** Those whose class files are there. */
    List<ClassFacts> found() {
        List<String> looked = names();
        return looked.isEmpty() ? List.of() : found;
    }

    private static void addSupertypes(ClassFacts facts, List<String> known) {
        String superName = facts.superName();
        if (superName != null && !superName.equals("java.lang.Object") && !known.contains(superName)) {
            known.add(superName);
        }
        for (String name : facts.interfaces()) {
            if (!known.contains(name)) {
                known.add(name);
            }
        }
    }
}
