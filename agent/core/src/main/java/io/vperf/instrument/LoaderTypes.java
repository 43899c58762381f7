package io.vperf.instrument;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.select.ClassFacts;
import io.vperf.select.TypeFinder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Supertypes and annotation types of classes that are being loaded, read from the class files that their loaders offer as
 * resources; no class is loaded for it. What was read, or has passed by, is kept for each loader, as long as that lives.
 * Used by every thread that loads classes.
 */
final class LoaderTypes {

    /** Some 200 bytes each. */
    private static final int MOST_KEPT = 50_000;

    /** Without a name: stands for a type that was looked for in vain. */
    private static final ClassFacts NONE =
            new ClassFacts("", null, List.of(), List.of(), List.of(), ClassFacts.Kind.OTHER);

    private final Health health;

    /** Guarded by itself; never while a loader is asked. The null loader is the boot loader. */
    private final Map<@Nullable ClassLoader, Map<String, ClassFacts>> kept = new WeakHashMap<>();

    private int count;

    /** A loader may load classes to find a resource, and these are looked at on the same thread. */
    private final ThreadLocal<Boolean> asking = new ThreadLocal<>();

    LoaderTypes(Health health) {
        this.health = health;
    }

    /** As classes of this loader see them. */
    TypeFinder of(@Nullable ClassLoader loader) {
        return new TypeFinder() {
            @Override
            public @Nullable ClassFacts find(String name) {
                return LoaderTypes.this.find(loader, name);
            }

            @Override
            public void missing(String name) {
                health.count(Trouble.SUPERTYPES_UNKNOWN);
                health.tellLater("the class file of the supertype "
                        .concat(name)
                        .concat(
                                " cannot be found; patterns with a + may miss classes below it (supertypesUnknown counts"
                                        + " such cases)"));
            }
        };
    }

    /** Keeps what may be somebody's supertype, and may have no class file to be found. */
    void seen(@Nullable ClassLoader loader, ClassFacts facts) {
        keep(loader, facts.name(), facts.ofSupertype());
    }

    private @Nullable ClassFacts find(@Nullable ClassLoader loader, String name) {
        synchronized (kept) {
            Map<String, ClassFacts> ofLoader = kept.get(loader);
            ClassFacts known = ofLoader == null ? null : ofLoader.get(name);
            if (known != null) {
                return known.name().isEmpty() ? null : known;
            }
        }
        if (asking.get() != null) {
            return null;
        }
        asking.set(true);
        ClassFacts read = null;
        try {
            byte[] classFile = ClassBytes.find(loader, name);
            read = classFile == null ? null : ClassFactsReader.read(classFile).ofSupertype();
        } catch (RuntimeException | LinkageError e) {
            read = null; // a loader or a file with troubles of its own: as if there were none
        } finally {
            asking.remove();
        }
        keep(loader, name, read == null ? NONE : read);
        return read;
    }

    private void keep(@Nullable ClassLoader loader, String name, ClassFacts facts) {
        synchronized (kept) {
            if (count >= MOST_KEPT) {
                kept.clear();
                count = 0;
            }
            Map<String, ClassFacts> ofLoader = kept.get(loader);
            if (ofLoader == null) {
                ofLoader = new HashMap<>();
                kept.put(loader, ofLoader);
            }
            ofLoader.put(name, facts);
            count++;
        }
    }
}
