package io.vperf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** How far the reading of files has come, for a person who waits longer than a moment. */
final class Reading {

    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int BAR = 40;
    private static final long BYTES_PER_MB = 1_000_000;

    private final Consumer<String> progress;
    private long allBytes;
    private long readBytes;
    private long toldNs;
    private boolean told;

    Reading(Consumer<String> progress) {
        this.progress = progress;
    }

    void begin(List<Path> files) {
        allBytes = 0;
        readBytes = 0;
        for (Path file : files) {
            try {
                allBytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                // told by whoever reads it
            }
        }
        toldNs = System.nanoTime();
    }

    void read(long bytes) {
        readBytes += bytes;
        long nowNs = System.nanoTime();
        if (nowNs - toldNs < STEP_NS || allBytes == 0) {
            return;
        }
        toldNs = nowNs;
        told = true;
        // A file may grow while it is read.
        long done = Math.min(BAR, BAR * readBytes / allBytes);
        progress.accept(String.format(
                Locale.ROOT,
                "reading [%s%s] %d of %d MB",
                "#".repeat((int) done),
                ".".repeat((int) (BAR - done)),
                readBytes / BYTES_PER_MB,
                allBytes / BYTES_PER_MB));
    }

    void end() {
        if (told) {
            progress.accept("");
        }
    }
}
