package io.vperf.cli;

import java.nio.file.Path;

/** The vperf.jar whose command runs. */
final class ThisJar {

    private ThisJar() {}

    /** {@code java -jar} makes it the whole class path. */
    static Path path() {
        return Path.of(System.getProperty("java.class.path", "vperf.jar"))
                .toAbsolutePath()
                .normalize();
    }
}
