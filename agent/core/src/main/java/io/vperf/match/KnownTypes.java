package io.vperf.match;

import io.vperf.instrument.ClassPreview;
import io.vperf.select.ClassFacts;
import io.vperf.select.TypeFinder;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The types of an application whose files were read, and those of this JVM's JDK. */
final class KnownTypes implements TypeFinder {

    private static final ClassFacts NONE =
            new ClassFacts("", null, List.of(), List.of(), List.of(), ClassFacts.Kind.OTHER);

    private final Map<String, ClassFacts> types = new HashMap<>();
    private final TreeSet<String> missing = new TreeSet<>();

    /** Of classes of the same name the first counts, as on a class path. */
    void add(ClassFacts facts) {
        types.putIfAbsent(facts.name(), facts.ofSupertype());
    }

    @Override
    public @Nullable ClassFacts find(String name) {
        ClassFacts known = types.computeIfAbsent(name, KnownTypes::ofJdk);
        return known.name().isEmpty() ? null : known;
    }

    private static ClassFacts ofJdk(String name) {
        // Not the system loader: vperf's own libraries are no part of the application.
        try (InputStream in = ClassLoader.getPlatformClassLoader()
                .getResourceAsStream(name.replace('.', '/').concat(".class"))) {
            return in == null ? NONE : ClassPreview.facts(in.readAllBytes()).ofSupertype();
        } catch (IOException e) {
            return NONE;
        }
    }

    @Override
    public void missing(String name) {
        missing.add(name);
    }

    /** Supertypes that nobody has. */
    List<String> missing() {
        return List.copyOf(missing);
    }
}
