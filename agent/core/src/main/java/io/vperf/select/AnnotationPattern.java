package io.vperf.select;

import java.util.ArrayList;
import java.util.List;

/**
 * One of some annotations. A type or method carries it also if an annotation of it does (a meta-annotation). Annotation types
 * that nobody finds are not looked into, as for Java, which passes over them. Immutable.
 */
final class AnnotationPattern {

    private final NamePattern[] names;
    private final boolean inherited;

    AnnotationPattern(NamePattern[] names, boolean inherited) {
        this.names = names.clone();
        this.inherited = inherited;
    }

    /** Whether what extends, implements or overrides something with the annotation counts as having it. */
    boolean isInherited() {
        return inherited;
    }

    /** Whether one of these annotations is it, or carries it. */
    boolean isAmong(List<String> annotations, TypeFinder types) {
        List<String> known = new ArrayList<>(annotations);
        for (int i = 0; i < known.size(); i++) {
            String annotation = known.get(i);
            for (NamePattern name : names) {
                if (name.matches(annotation)) {
                    return true;
                }
            }
            // These carry each other.
            ClassFacts facts = annotation.startsWith("java.lang.") ? null : types.find(annotation);
            if (facts != null) {
                for (String meta : facts.annotations()) {
                    if (!known.contains(meta)) {
                        known.add(meta);
                    }
                }
            }
        }
        return false;
    }
}
