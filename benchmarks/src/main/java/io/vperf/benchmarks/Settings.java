package io.vperf.benchmarks;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Of this run, from the system properties the build sets.
 *
 * @param vperf the agent's jar
 * @param self this module's jar: class path of the applications, and the OpenTelemetry agent's extension
 * @param target where everything is written
 * @param rows those whose id it finds are run
 * @param rounds how often each row is run
 */
record Settings(Path vperf, Path self, Path target, Pattern rows, int rounds) {

    static Settings read() {
        return new Settings(
                Path.of(required("bench.vperf")),
                Path.of(required("bench.self")),
                Path.of(required("bench.target")),
                Pattern.compile(required("bench.rows")),
                Integer.parseInt(required("bench.rounds")));
    }

    private static String required(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("run by ./mvnw -Pbench verify: -D" + name + " is not set");
        }
        return value;
    }

    /** The jars of the peers that are agents. */
    Path agent(String name) {
        return target.resolve("agents").resolve(name + ".jar");
    }

    /** Logs, dumps and recordings of the trials. */
    Path trials() {
        return target.resolve("trials");
    }
}
