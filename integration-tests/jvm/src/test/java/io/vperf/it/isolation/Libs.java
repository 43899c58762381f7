package io.vperf.it.isolation;

import io.vperf.it.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Libraries of applications, of other versions than vperf's own, as the build has copied them. */
final class Libs {

    private static final Path ROOT = Path.of(System.getProperty("vperf.test.libs"));

    private Libs() {}

    static List<Path> jars(String name) {
        try (Stream<Path> jars = Files.list(ROOT.resolve(name))) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("the build copies these", e);
        }
    }

    /** The one jar of this name. */
    static Path jar(String name) {
        List<Path> jars = jars(name);
        if (jars.size() != 1) {
            throw new IllegalStateException("several versions of " + name + ", clean the build: " + jars);
        }
        return jars.get(0);
    }

    /** The programs of the tests and the jars of these names. */
    static String classPath(String... names) {
        return Stream.concat(
                        Stream.of(Jvm.APPS, Jvm.ANNOTATIONS), Stream.of(names).flatMap(name -> jars(name).stream()))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }
}
