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
        this(root, root.resolve("proc/" + pid), pid);
    }

    private JvmProcess(Path root, Path proc, long pid) {
        this.root = root;
        this.proc = proc;
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
        checkOwner(status);
        List<String> command = command();
        if (command.contains("-Xrs") && !catchesQuit(status)) {
            throw new RefusedException(
                    "process " + pid + " was started with -Xrs, and does not listen for attach requests",
                    "start it without that option, or with -javaagent:vperf.jar");
        }
        if (!isJvm(status, command)) {
            throw new RefusedException(
                    "process " + pid + " is not a JVM that listens for attach requests ("
                            + (command.isEmpty() ? "no command line" : command.get(0)) + ")",
                    "java -jar vperf.jar list names the JVMs there are");
        }
        if (status.stream().anyMatch(line -> line.startsWith("State:\tT"))) {
            throw new RefusedException(
                    "process " + pid + " is stopped (state T), and answers nobody",
                    "kill -CONT " + pid + " lets it go on");
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

    /** HotSpot hangs up on everybody but root and those who have both its effective user and its effective group. */
    private void checkOwner(List<String> status) throws RefusedException {
        List<String> own = new JvmProcess(root, root.resolve("proc/self"), pid).lines("status");
        String ownUser = id("Uid:", own);
        if (status.isEmpty() || own.isEmpty() || ownUser.equals("0")) {
            return; // the JDK finds out
        }
        String user = id("Uid:", status);
        if (!ownUser.equals(user)) {
            throw new RefusedException(
                    "process " + pid + " belongs to another user (uid " + user + ", this is " + ownUser + ")",
                    "run this as that user (sudo -u), or as root");
        }
        String group = id("Gid:", status);
        String ownGroup = id("Gid:", own);
        if (!ownGroup.equals(group)) {
            throw new RefusedException(
                    "process " + pid + " runs with another group (gid " + group + ", this is " + ownGroup + ")",
                    "run this with that group (sudo -g), or as root");
        }
    }

    /** The effective one. */
    private static String id(String kind, List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(kind))
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
