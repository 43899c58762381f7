package io.vperf.config;

/** Where something is written. */
public sealed interface Output {

    /** Nowhere. */
    record Off() implements Output {}

    /** To the JVM's standard error stream. */
    record Stderr() implements Output {}

    /** To the JVM's standard output stream. */
    record Stdout() implements Output {}

    /**
     * To a file.
     *
     * @param path relative to the working directory or absolute; for dumps a pattern for {@link DumpPath#expand}
     */
    record ToFile(String path) implements Output {}
}
