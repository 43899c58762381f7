package io.vperf.labs.steal.guest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The dumps that vperf writes every interval, and the compilation of what they need. They take up to 0.3 s of the one vCPU,
 * which calls would wait for; so no call is made meanwhile, and none is in two intervals.
 */
final class DumpPauses {

    /** The last calls wait for two samples. A dump may begin so much earlier, too, than the last one's end tells. */
    private static final long MARGIN_NS = 1_000_000_000;

    private static final long POLL_MS = 20;
    private static final long QUIET_MS = 200;

    /** A compiler thread without work wakes up now and then. */
    private static final long QUIET_NS = 1_000_000;

    private final Path file;
    private final long intervalNs;
    private long size = -1;
    private long dueNs;
    private int seen;

    DumpPauses(Path file, long intervalNs) {
        this.file = file;
        this.intervalNs = intervalNs;
    }

    /** How many intervals had ended when this last looked. */
    int seen() {
        return seen;
    }

    /** Whether a call of that length may run into the next dump. */
    boolean isNear(long callNs) {
        return System.nanoTime() + callNs + MARGIN_NS - dueNs > 0;
    }

    /** Sleeps until one more dump is over, and what is to be compiled has been. */
    void await() throws IOException, InterruptedException {
        int before = seen;
        while (seen == before) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            look();
        }
        dueNs = System.nanoTime() + intervalNs;
        long compiledNs;
        do {
            compiledNs = compilingNs();
            TimeUnit.MILLISECONDS.sleep(QUIET_MS);
        } while (compilingNs() - compiledNs > QUIET_NS);
    }

    void look() throws IOException {
        long now = Files.exists(file) ? Files.size(file) : 0;
        if (now != size) {
            size = now;
            seen = endedIntervals();
        }
    }

    private int endedIntervals() throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.filter(line -> line.startsWith("#vperf {") && line.contains("\"kind\":\"interval\""))
                    .count();
        }
    }

    /** How long the compiler threads have run. */
    private static long compilingNs() throws IOException {
        long sumNs = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).startsWith("C1")) {
                    sumNs += Long.parseLong(
                            Files.readString(task.resolve("schedstat")).split(" ", 2)[0]);
                }
            }
        }
        return sumNs;
    }
}
