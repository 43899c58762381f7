package io.vperf.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command in a pseudo terminal, which script(1) makes and whose output it keeps. Without script the test is skipped. */
final class Pty implements AutoCloseable {

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final long PATIENCE_S = 60;

    private final Path seen;
    private final Process process;
    private final OutputStream keys;

    private Pty(Path seen, Process process) {
        this.seen = seen;
        this.process = process;
        this.keys = process.getOutputStream();
    }

    /**
     * Starts it, with bash.
     *
     * @param environment assignments ahead of it, such as {@code NO_COLOR=1}; may be empty
     */
    static Pty start(Path folder, int columns, int rows, String environment, List<String> command) throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT), "there is no script(1), of util-linux, to make a pseudo terminal");
        Path seen = folder.resolve("typescript");
        String quoted =
                String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
        ProcessBuilder builder = new ProcessBuilder(
                        SCRIPT.toString(),
                        "--quiet",
                        "--flush",
                        "--return",
                        "--command",
                        "stty cols " + columns + " rows " + rows + "; " + environment + " " + quoted
                                + "; status=$?; stty -a; exit $status",
                        seen.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("script.log").toFile());
        builder.environment().put("TERM", "xterm");
        builder.environment().put("SHELL", "/bin/bash");
        builder.environment().keySet().removeIf(k -> k.equals("NO_COLOR") || k.equals("JAVA_TOOL_OPTIONS"));
        return new Pty(seen, builder.start());
    }

    void press(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** All that was written to the terminal up to now. */
    String seen() throws IOException {
        return Files.exists(seen) ? Files.readString(seen) : "";
    }

    /** Waits until what was written meets a condition. */
    String await(String what, Predicate<String> condition) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!condition.test(seen())) {
            if (System.nanoTime() - endNs > 0 || !process.isAlive()) {
                throw new AssertionError("never seen: " + what + "; but:\n" + seen());
            }
            Thread.sleep(20);
        }
        return seen();
    }

    /** Sends SIGTERM to the JVM in it. */
    void terminateJava() {
        process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .forEach(ProcessHandle::destroy);
    }

    /** Waits for its end, and answers with its status. */
    int finish() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("has not ended; seen: " + seen());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
