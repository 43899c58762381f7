package io.vperf.benchmarks.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many calls a fork has measured, told to the driver by a file in the trial's folder. */
public final class Count {

    /** The system property that names the folder. */
    public static final String FOLDER = "bench.folder";

    private Count() {}

    public static Path file(Path folder) {
        return folder.resolve("count");
    }

    public static Path folder() {
        String folder = System.getProperty(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("run by io.vperf.benchmarks.Benchmarks only: it sets -D" + FOLDER);
        }
        return Path.of(folder);
    }

    public static void leave(long calls) {
        try {
            Files.writeString(file(folder()), Long.toString(calls));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
