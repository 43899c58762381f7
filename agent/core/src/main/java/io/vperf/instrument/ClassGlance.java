package io.vperf.instrument;

import io.vperf.select.ClassFacts;
import io.vperf.select.Selection;
import io.vperf.select.TypeFinder;
import org.jspecify.annotations.Nullable;

/** Reads of a class's bytes no more than is asked for, and that once. Used by one thread. */
final class ClassGlance implements Selection.Glance {

    private final byte[] classFile;
    private final TypeFinder types;
    private @Nullable Boolean annotations;
    private @Nullable ClassFacts head;

    ClassGlance(byte[] classFile, TypeFinder types) {
        this.classFile = classFile;
        this.types = types;
    }

    @Override
    public boolean hasAnnotations() {
        Boolean known = annotations;
        if (known == null) {
            known = MarkSearch.findsAnnotations(classFile);
            annotations = known;
        }
        return known;
    }

    @Override
    public ClassFacts head() {
        ClassFacts known = head;
        if (known == null) {
            known = ClassFactsReader.head(classFile);
            head = known;
        }
        return known;
    }

    /** Null if it was not asked for. */
    @Nullable
    ClassFacts headIfRead() {
        return head;
    }

    @Override
    public TypeFinder types() {
        return types;
    }
}
