package io.vperf.labs.steal.guest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's own counters before and after the calls of a method in an interval: the vCPUs' lines of {@code /proc/stat}, and the
 * {@code schedstat} (run ns, wait ns, time slices) of each thread. Kept as they are, to be parsed elsewhere.
 */
final class CounterLog {

    static final String HEAD = "method,interval,when,counter";

    private final List<String> lines = new ArrayList<>(List.of(HEAD));

    /** The vCPUs' last, so that nothing comes between them and the calls. */
    void before(String method, int interval) throws IOException {
        String head = method + "," + interval + ",before,";
        threads(head);
        vcpus(head);
    }

    void after(String method, int interval) throws IOException {
        String head = method + "," + interval + ",after,";
        vcpus(head);
        threads(head);
    }

    private void vcpus(String head) throws IOException {
        long nowNs = System.nanoTime();
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            if (line.startsWith("cpu")) {
                lines.add(head + line);
            }
        }
        lines.add(head + "nanotime " + nowNs);
    }

    private void threads(String head) throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String name = Files.readString(task.resolve("comm")).strip().replace(' ', '_');
                lines.add(head + "thread " + name + "/" + task.getFileName() + " "
                        + Files.readString(task.resolve("schedstat")).strip());
            }
        }
    }

    void write(Path file) throws IOException {
        Files.write(file, lines);
    }
}
