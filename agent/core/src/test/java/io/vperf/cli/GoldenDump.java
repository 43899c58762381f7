package io.vperf.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The file that stands for format version 1. */
final class GoldenDump {

    private GoldenDump() {}

    /** Copies it. */
    static Path to(Path file) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GoldenDump.class.getResourceAsStream("/io/vperf/export/hlog/golden-version-1.hlog"))) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
