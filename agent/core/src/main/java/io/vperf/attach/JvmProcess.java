package io.vperf.attach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What /proc tells of a process before it is asked anything. The JVM's attach mechanism begins with a SIGQUIT, which ends a process
 * that does not catch it, and makes a JVM that does not listen print its threads: so it is looked at first.
 */
final class JvmProcess {

    private static final int SIGQUIT = 3;

    private final Path root;
    private final Path proc;
    private final long pid;

    /**
     * @param root of the file system; another one in tests
     */
    JvmProcess(Path root, long pid) {
        this.root = root;
        this.proc = root.resolve("proc/" + pid);
        this.pid = pid;
    }

    /** Throws if attaching would fail, or do harm. */
    void check() throws RefusedException {
        if (!Files.isDirectory(root.resolve("proc/self"))) {
            return; // no Linux: the JDK looks for itself
        }
        if (!Files.isDirectory(proc)) {
            throw new RefusedException(
                    "there is no process " + pid, "java -jar vperf.jar list names the JVMs there are");
        }
        List<String> status = lines("status");
        if (status.stream().anyMatch(line -> line.startsWith("State:\tZ"))) {
            throw new RefusedException(
                    "process " + pid + " has ended", "java -jar vperf.jar list names the JVMs there are");
        }
        if (!isSameUser(status)) {
            throw new RefusedException(
                    "process " + pid + " belongs to another user", "run this as that user (sudo -u), or as root");
        }
        List<String> command = command();
        if (!isJvm(status, command)) {
            throw new RefusedException(
                    "process " + pid + " is not a JVM that listens for attach requests ("
                            + (command.isEmpty() ? "no command line" : command.get(0)) + ")",
                    "java -jar vperf.jar list names those there are");
        }
        if (command.contains("-XX:+DisableAttachMechanism")) {
            throw new RefusedException(
                    "process " + pid + " was started with -XX:+DisableAttachMechanism, and cannot be attached to",
                    "start it without that option, or with -javaagent:vperf.jar");
        }
    }

    /** As {@link #check()}; throws if the process cannot see the jar, too. */
    void check(Path jar) throws RefusedException {
        check();
        if (Files.isDirectory(proc) && !Files.exists(proc.resolve("root" + jar))) {
            throw new RefusedException(
                    jar + " is not in the file system of process " + pid + ", which is a container's",
                    "copy it there, under the same path");
        }
    }

    private boolean isJvm(List<String> status, List<String> command) {
        boolean java = command.stream().limit(1).anyMatch(word -> word.endsWith("java")) || mapsJvm();
        return java && catchesQuit(status);
    }

    private boolean mapsJvm() {
        return lines("maps").stream().anyMatch(line -> line.endsWith("/libjvm.so"));
    }

    private static boolean catchesQuit(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .anyMatch(line -> (Long.parseUnsignedLong(
                                        line.substring("SigCgt:".length()).trim(), 16)
                                & 1L << (SIGQUIT - 1))
                        != 0);
    }

    private boolean isSameUser(List<String> status) {
        String own = uid(new JvmProcess(root, ProcessHandle.current().pid()).lines("status"));
        String other = uid(status);
        return own.equals("0") || other.isEmpty() || own.isEmpty() || own.equals(other);
    }

    /** Effective. */
    private static String uid(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.split("\\s+", -1)[2])
                .findFirst()
                .orElse("");
    }

    /** Its command line; empty where that is not told. */
    List<String> command() {
        try {
            String all = Files.readString(proc.resolve("cmdline"), StandardCharsets.UTF_8);
            return all.isEmpty() ? List.of() : Arrays.asList(all.split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether vperf's threads run there, as they do from the first measured call on, or its jar is open. */
    boolean hasVperf() {
        for (String name : threads()) {
            if (name.startsWith("vperf-")) {
                return true;
            }
        }
        return command().stream().anyMatch(word -> word.startsWith("-javaagent:") && word.contains("vperf"));
    }

    private List<String> threads() {
        List<String> names = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
            for (Path task : tasks.toList()) {
                names.add(Files.readString(task.resolve("comm")).trim());
            }
        } catch (IOException e) {
            return names; // it has ended, or is another user's
        }
        return names;
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
