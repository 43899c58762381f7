package io.vperf.shim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a program in the module's folder. */
final class Command {

    record Result(int status, String output) {

        List<String> lines() {
            return output.lines().toList();
        }

        String lastLine() {
            return output.lines().reduce("", (first, second) -> second);
        }
    }

    private Command() {}

    /** This JVM's launcher. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs a class of the tests in a JVM of its own that may have 100 file descriptors. */
    static Result withFewDescriptors(Class<?> main) {
        return run(
                "sh",
                "-c",
                "ulimit -n 100 && exec \"$@\"",
                "sh",
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    /** Its exit status and what it wrote to both its outputs; 127 where there is no such program. */
    static Result run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            return new Result(127, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
