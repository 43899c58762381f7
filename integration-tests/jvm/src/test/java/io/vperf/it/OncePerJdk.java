package io.vperf.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** A run on each JDK that several tests look at: starting a JVM costs a second, and the tests only read. */
final class OncePerJdk {

    private final BiFunction<Jdk, Path, Jvm.Finished> program;
    private final Map<Integer, Jvm.Finished> runs = new TreeMap<>();

    /**
     * @param program starts a JVM in a folder and waits for its end
     */
    OncePerJdk(BiFunction<Jdk, Path, Jvm.Finished> program) {
        this.program = program;
    }

    /** The run on a JDK, which is made now if this is the first to ask; in a folder of its own below {@code parent}. */
    Jvm.Finished on(Jdk jdk, Path parent) {
        Jvm.Finished known = runs.get(jdk.feature());
        if (known != null) {
            return known;
        }
        try {
            Jvm.Finished run = program.apply(jdk, Files.createDirectories(parent.resolve("jdk-" + jdk.feature())));
            runs.put(jdk.feature(), run);
            return run;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
