package io.vperf.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of the kind this one is, that has run an application to its end.
 *
 * @param startNs CLOCK_MONOTONIC when it was started; HotSpot's nanoTime is that clock in all processes of a Linux
 * @param said what the application printed, as lines {@code name=number}
 */
record Child(long startNs, Properties said) {

    /** File in the trial's folder. */
    static final String ERRORS = "stderr.log";

    private static final long LIMIT_S = 600;

    /** Runs {@code java} with these arguments; its stderr goes to a file in the folder. */
    static Child run(Path folder, List<String> arguments) throws UnprovenException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(arguments);
        Path out = folder.resolve("stdout.properties");
        Path err = folder.resolve(ERRORS);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            long startNs = System.nanoTime();
            Process process = builder.start();
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new UnprovenException("no end after " + LIMIT_S + " s: " + command);
            }
            if (process.exitValue() != 0) {
                throw new UnprovenException("exit " + process.exitValue() + ", see " + err);
            }
            Properties said = new Properties();
            try (InputStream in = Files.newInputStream(out)) {
                said.load(in);
            }
            return new Child(startNs, said);
        } catch (IOException e) {
            throw new UnprovenException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnprovenException("interrupted", e);
        }
    }

    long number(String name) throws UnprovenException {
        String value = said.getProperty(name);
        if (value == null) {
            throw new UnprovenException("the application did not print " + name + " but " + said);
        }
        return Long.parseLong(value.strip());
    }

    /** From the process's start to an instant it printed. */
    double millisUntil(String name) throws UnprovenException {
        double ms = (number(name) - startNs) / 1e6;
        if (ms <= 0 || ms > LIMIT_S * 1e3) {
            throw new UnprovenException("nanoTime is not the same clock in two processes: " + ms + " ms");
        }
        return ms;
    }
}
