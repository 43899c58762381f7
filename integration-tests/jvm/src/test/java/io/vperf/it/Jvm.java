package io.vperf.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A JVM to be started in a folder of its own, with the agent loaded unless it is told otherwise. Its stdout and stderr end up
 * in files {@code stdout} and {@code stderr} of that folder.
 */
public final class Jvm {

    private static final long PATIENCE_S = 120;

    public static final Path VPERF_JAR = Path.of(System.getProperty("vperf.test.jar"));
    public static final Path APPS = Path.of(System.getProperty("vperf.test.apps"));
    public static final Path ANNOTATIONS = Path.of(System.getProperty("vperf.test.annotations"));

    private final Jdk jdk;
    private final Path folder;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> firstOptions = new ArrayList<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private boolean verified;
    private long patienceS = PATIENCE_S;
    private String classPath = APPS + ":" + ANNOTATIONS;
    private @Nullable String agentOptions = "";

    public Jvm(Jdk jdk, Path folder) {
        this.jdk = jdk;
        this.folder = folder;
    }

    /** What follows {@code -javaagent:vperf.jar=}; null: no agent. */
    public Jvm agent(@Nullable String options) {
        agentOptions = options;
        return this;
    }

    public Jvm option(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** For a program that takes so long by itself. */
    public Jvm patience(long programS) {
        patienceS = programS + PATIENCE_S;
        return this;
    }

    /** As {@link #option}, but ahead of vperf's own on the command line. */
    public Jvm firstOption(String option) {
        firstOptions.add(option);
        return this;
    }

    /**
     * With every class verified, those of the boot loader, too: vperf's there and the JDK's that it weaves into. Such a JVM does without the
     * class archive, and takes a quarter longer to start.
     */
    public Jvm verified() {
        verified = true;
        return this;
    }

    /** Another program, with its arguments, that starts the JVM. */
    public Jvm startedBy(String... program) {
        prefix.addAll(List.of(program));
        return this;
    }

    public Jvm classPath(String path) {
        classPath = path;
        return this;
    }

    public Jvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs a main class to its end. */
    public Finished run(String mainClass, String... arguments) {
        return finish(start(mainClass, arguments));
    }

    /** Starts a main class; end it with {@link #finish}. */
    public Process start(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(jdk.java());
        if (verified) {
            command.add("-Xverify:all");
        }
        command.addAll(firstOptions);
        if (agentOptions != null) {
            command.add("-javaagent:" + VPERF_JAR + (agentOptions.isEmpty() ? "" : "=" + agentOptions));
        }
        command.addAll(jvmOptions);
        if (!classPath.isEmpty()) {
            command.addAll(List.of("-cp", classPath));
        }
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** {@code java -jar vperf.jar …}. */
    public Finished cli(String... arguments) {
        return cliOf(VPERF_JAR, arguments);
    }

    /** The same, of another vperf.jar. */
    Finished cliOf(Path jar, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(jdk.java(), "-XX:TieredStopAtLevel=1", "-jar", jar.toString())); // a third less to start
        command.addAll(List.of(arguments));
        return finish(start(command));
    }

    /** Waits until the JVM has printed something; {@code output} is stdout or stderr. */
    void await(Process process, String output, String text) {
        await(process, text + " on " + output, () -> text(output).contains(text));
    }

    /** Waits until something holds, as long as the JVM runs. */
    void await(Process process, String what, BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceS);
        while (!condition.getAsBoolean()) {
            boolean alive = process.isAlive();
            if (!alive && condition.getAsBoolean()) {
                return;
            }
            if (!alive || System.nanoTime() - endNs > 0) {
                process.destroyForcibly();
                throw new IllegalStateException("never seen: " + what + "; stderr: " + text("stderr"));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw new IllegalStateException(e);
            }
        }
    }

    private Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        // Variables that change how every JVM starts, or what vperf reads, are not the test's.
        builder.environment().keySet().removeIf(k -> k.startsWith("VPERF_") || k.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + command, e);
        }
    }

    public Finished finish(Process process) {
        try {
            if (!process.waitFor(patienceS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("did not end within " + patienceS + " s; stderr: " + text("stderr"));
            }
            return new Finished(process.exitValue(), text("stdout"), text("stderr"), folder);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a JVM left behind. */
    public record Finished(int status, String out, String err, Path folder) {

        /** The run's only dump file. */
        public Dump dump() {
            List<Path> files = dumpFiles();
            if (files.size() != 1) {
                throw new AssertionError("dump files: " + files + "; stderr: " + err);
            }
            return Dump.read(files.get(0));
        }

        /** The value of a line {@code key=value} that the program printed. */
        public long printed(String key) {
            return out.lines()
                    .filter(line -> line.startsWith(key + "="))
                    .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line " + key + "= in " + out + "; stderr: " + err));
        }

        public List<Path> dumpFiles() {
            try (var children = Files.list(folder)) {
                return children.filter(p -> p.toString().endsWith(".hlog"))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
