package io.vperf.benchmarks.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does nothing for so many seconds, and tells what vperf's threads used meanwhile. */
public final class Idle {

    /**
     * The start is over by then, and so is the first interval, of 10 s: its dump is the first time that this code runs, and
     * loads what no later one does.
     */
    private static final long SETTLE_MS = 12_000;

    private Idle() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        once();
        Thread.sleep(SETTLE_MS);
        long startNs = System.nanoTime();
        long startCpuNs = vperfCpuNs();
        Thread.sleep(1000 * Long.parseLong(args[0]));
        System.out.println("cpuNs=" + (vperfCpuNs() - startCpuNs));
        System.out.println("wallNs=" + (System.nanoTime() - startNs));
        System.out.println("threads=" + vperfTasks().size());
        System.out.println("calls=1");
    }

    @Measured
    private static void once() {}

    private static long vperfCpuNs() throws IOException {
        long ns = 0;
        for (Path task : vperfTasks()) {
            ns += schedstatNs(Files.readString(task.resolve("schedstat")));
        }
        return ns;
    }

    /** A schedstat's first number is nanoseconds of CPU time (Documentation/scheduler/sched-stats.rst). */
    private static long schedstatNs(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    /** HotSpot gives a native thread its Java name. */
    private static List<Path> vperfTasks() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith("vperf-")) {
                    found.add(task);
                }
            }
        }
        return found;
    }
}
