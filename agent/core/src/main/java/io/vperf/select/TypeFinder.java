package io.vperf.select;

import org.jspecify.annotations.Nullable;

/** Tells of other types than the one that is looked at: supertypes and annotation types. Loads and initialises none. */
public interface TypeFinder {

    /**
     * The type's facts, of its methods at least those with annotations; null if its class file cannot be found.
     *
     * @param name with dots
     */
    @Nullable
    ClassFacts find(String name);

    /** Told that a supertype cannot be found: what it extends is not known. */
    void missing(String name);
}
